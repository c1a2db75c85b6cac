import { Group, Paper, Stack, Text } from '@mantine/core';
import { formatCost, formatMs, formatTokens } from '#domain/report/wording.ts';
import type { Run } from '#domain/run.ts';
import type { RunEvents } from '#domain/run-events.ts';
import { useElapsed } from './use-elapsed.ts';

type RunFiguresProps = { run: Run; spent: RunEvents['spent'] | undefined };

/** Iteration, time, tokens and money, as they stand. */
export function RunFigures({ run, spent }: RunFiguresProps) {
  const elapsed = useElapsed(run);
  const { maxIterations, budget } = run.settings;
  return (
    <Group gap="sm" wrap="wrap">
      <Figure label="Iteration" value={`${run.progress?.iteration ?? 1} of ${maxIterations}`} />
      <Figure label="Elapsed" value={formatMs(elapsed)} />
      <Figure label="Model calls" value={`${spent?.calls ?? 0} of ${budget.maxCalls}`} />
      <Figure label="Tokens" value={spent ? formatTokens(spent.tokens) : '0'} />
      <Figure label="Cost" value={spent && spent.calls > 0 ? formatCost(spent.costUsd) : 'none'} />
    </Group>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Paper withBorder px="md" py="xs">
      <Stack gap={0}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text fw={600}>{value}</Text>
      </Stack>
    </Paper>
  );
}
