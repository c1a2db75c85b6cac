import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunLoading, RunScreen } from '../../runs/run-screen.tsx';

export const metadata: Metadata = { title: 'Run' };

export default function RunsPage() {
  return (
    <Suspense fallback={<RunLoading />}>
      <RunScreen />
    </Suspense>
  );
}
