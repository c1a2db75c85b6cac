import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'History' };

export default function HistoryPage() {
  return <Title order={1}>History</Title>;
}
