import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ReportLoading } from '../../report/report-screen.tsx';
import { SharedScreen } from '../../report/shared-screen.tsx';

export const metadata: Metadata = { title: 'Shared report' };

export default function SharedPage() {
  return (
    <Suspense fallback={<ReportLoading />}>
      <SharedScreen />
    </Suspense>
  );
}
