'use client';

import { Anchor, Button, Group, Loader, Stack, Switch, Table, Title } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { mechanisms } from '#domain/mechanism.ts';
import type { Report } from '#domain/report.ts';
import { fetchReport, fetchRun } from '../api-client/runs.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { ScrollRegion } from '../frame/scroll-region.tsx';
import { Tag } from '../report/tag.tsx';
import { mechanismTitles } from '../workbench/mechanism-words.ts';
import classes from './compare-results.module.css';
import { bestIndex, metricsOf } from './metrics.ts';

const POLL_MS = 1_000;

/** Runs of one input side by side, as far as they have come. */
export function CompareResults({ ids }: { ids: readonly string[] }) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const { runs, reports, error } = useCompared(ids);
  const metrics = metricsOf(reports).filter(({ isDifferent }) => isDifferent || !onlyDifferent);
  const best = bestIndex(reports);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Compare</Title>
        <Button variant="default" component={Link} href="/compare">
          Compare something else
        </Button>
      </Group>
      {error !== null && <FailureNote error={error} />}
      <Switch
        label="Differences only"
        checked={onlyDifferent}
        onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
      />
      <ScrollRegion label="Metrics of the ways" maxHeight="75vh">
        <Table stickyHeader miw={ids.length * 140 + 140} className={classes.metrics}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Metric</Table.Th>
              {ids.map((id, index) => (
                <Table.Th key={id} scope="col">
                  <ArmTitle
                    id={id}
                    title={titleOf(runs[index])}
                    isAtWork={reports[index] === null}
                    isBest={best === index}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {metrics.map(({ name, values, isDifferent }) => (
              <Table.Tr key={name} fw={isDifferent ? 600 : 400}>
                <Table.Th scope="row">{name}</Table.Th>
                {values.map((value, index) => (
                  <Table.Td key={ids[index]}>{value}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollRegion>
    </Stack>
  );
}

type ArmTitleProps = { id: string; title: string; isAtWork: boolean; isBest: boolean };

function ArmTitle({ id, title, isAtWork, isBest }: ArmTitleProps) {
  return (
    <Stack gap={4} align="flex-start">
      {isAtWork ? (
        <Anchor component={Link} href={`/runs?id=${id}`} size="sm">
          {title} <Loader size={12} aria-label="at work" />
        </Anchor>
      ) : (
        <Anchor component={Link} href={`/reports?id=${id}`} size="sm">
          {title}
        </Anchor>
      )}
      {isBest && <Tag tone="good">★ Best</Tag>}
    </Stack>
  );
}

function useCompared(ids: readonly string[]) {
  const runs = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['run', id],
      queryFn: () => fetchRun(id),
      refetchInterval: ({ state }: { state: { data?: Awaited<ReturnType<typeof fetchRun>> | undefined } }) =>
        state.data?.status === 'finished' ? (false as const) : POLL_MS,
    })),
  });
  const reports = useQueries({
    queries: ids.map((id, index) => ({
      queryKey: ['report', id],
      queryFn: () => fetchReport(id),
      enabled: runs[index]?.data?.status === 'finished',
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const failed = [...runs, ...reports].find(({ error }) => error !== null);
  return {
    runs: runs.map(({ data }) => data),
    reports: reports.map(({ data }): Report | null => data ?? null),
    error: failed?.error ?? null,
  };
}

function titleOf(run: Awaited<ReturnType<typeof fetchRun>> | undefined): string {
  if (run === undefined) return 'Loading…';
  const { mechanism, models, ggan } = run.settings;
  const model = models.general ?? models.safecoder;
  const plain = mechanisms[mechanism].ggan && !ggan ? ', no graph network' : '';
  return `${mechanismTitles[mechanism]}${plain}${model === null ? '' : ` @ ${model.name}`}`;
}
