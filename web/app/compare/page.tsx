import { Skeleton } from '@mantine/core';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CompareScreen } from '../../compare/compare-screen.tsx';

export const metadata: Metadata = { title: 'Compare' };

export default function ComparePage() {
  return (
    <Suspense fallback={<Skeleton height={320} role="status" aria-label="The comparison is loading" />}>
      <CompareScreen />
    </Suspense>
  );
}
