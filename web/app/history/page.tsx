import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HistoryLoading, HistoryScreen } from '../../history/history-screen.tsx';

export const metadata: Metadata = { title: 'History' };

export default function HistoryPage() {
  return (
    <Suspense fallback={<HistoryLoading />}>
      <HistoryScreen />
    </Suspense>
  );
}
