import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Shared report' };

export default function RPage() {
  return <Title order={1}>Shared report</Title>;
}
