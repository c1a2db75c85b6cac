import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Run' };

export default function RunsPage() {
  return <Title order={1}>Run</Title>;
}
