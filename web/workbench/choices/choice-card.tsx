import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type ChoiceCardProps = { title: string; children: ReactNode; note: string };

/** One choice of the workbench with a line on what it does, needs and may cost. */
export function ChoiceCard({ title, children, note }: ChoiceCardProps) {
  return (
    <Paper component="section" withBorder p="sm" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      </Stack>
    </Paper>
  );
}
