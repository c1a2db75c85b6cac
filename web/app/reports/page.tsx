import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ReportLoading, ReportScreen } from '../../report/report-screen.tsx';

export const metadata: Metadata = { title: 'Report' };

export default function ReportsPage() {
  return (
    <Suspense fallback={<ReportLoading />}>
      <ReportScreen />
    </Suspense>
  );
}
