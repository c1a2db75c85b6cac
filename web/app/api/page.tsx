import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'API' };

export default function ApiPage() {
  return <Title order={1}>API</Title>;
}
