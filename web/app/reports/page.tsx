import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Report' };

export default function ReportsPage() {
  return <Title order={1}>Report</Title>;
}
