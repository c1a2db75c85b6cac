'use client';

import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { CodeViewProps } from './code-view.tsx';

/** A Python editor; the editor itself is loaded only where it is shown. */
export const CodeEditor = dynamic<CodeViewProps>(
  () => import('./code-view.tsx').then(({ CodeView }) => CodeView),
  { ssr: false, loading: () => <Skeleton height={320} role="status" aria-label="The editor is loading" /> },
);
