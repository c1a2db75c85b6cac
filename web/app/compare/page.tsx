import { Title } from '@mantine/core';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Compare' };

export default function ComparePage() {
  return <Title order={1}>Compare</Title>;
}
