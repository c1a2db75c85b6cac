'use client';

import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { verdictWords } from '#domain/report/wording.ts';
import { VerdictSchema } from '#domain/verdict.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import classes from './history.module.css';
import { filterQuery, filterRuns, type RunFilter, readFilter } from './run-filter.ts';
import { RunRow } from './run-row.tsx';
import { useRuns } from './use-runs.ts';

const STATES = [
  { value: 'all', label: 'All' },
  { value: 'at-work', label: 'At work' },
  ...VerdictSchema.options.map((verdict) => ({ value: verdict, label: verdictWords[verdict].label })),
];

/** The visitor's own runs; the filter is in the address. */
export function HistoryScreen() {
  const filter = readFilter(useSearchParams());
  const pages = useRuns();
  const all = pages.data?.pages.flatMap(({ runs }) => runs) ?? [];
  const shown = filterRuns(all, filter);
  return (
    <Stack gap="md">
      <Title order={1}>History</Title>
      <FilterBar filter={filter} />
      {pages.error !== null && <FailureNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <HistoryLoading />}
      {pages.isSuccess && (
        <>
          <Text size="sm" c="dimmed" role="status">
            {all.length === 0
              ? ''
              : `${shown.length} of ${all.length}${pages.hasNextPage ? ' loaded' : ''} runs`}
          </Text>
          {all.length === 0 && <NoRuns />}
          <ul className={classes.runs}>
            {shown.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ul>
        </>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Load older runs
        </Button>
      )}
    </Stack>
  );
}

function FilterBar({ filter }: { filter: RunFilter }) {
  const go = (part: Partial<RunFilter>) => {
    const query = filterQuery({ ...filter, ...part });
    window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`);
  };
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label="Search"
        type="search"
        placeholder="file, reason or mechanism"
        className={classes.search}
        value={filter.q}
        onChange={(event) => go({ q: event.currentTarget.value })}
      />
      <NativeSelect
        label="State"
        data={STATES}
        value={filter.state}
        onChange={(event) =>
          go(readFilter(new URLSearchParams({ state: event.currentTarget.value, q: filter.q })))
        }
      />
      {filter.runs.length > 0 && (
        <Button variant="default" onClick={() => go({ runs: [] })}>
          Only {filter.runs.length} started together: show all
        </Button>
      )}
    </Group>
  );
}

function NoRuns() {
  return (
    <Text>
      No run yet.{' '}
      <Anchor component={Link} href="/">
        Secure a program
      </Anchor>
      , or run one of the examples: it takes a second.
    </Text>
  );
}

/** The place of the history while it is on its way. */
export function HistoryLoading() {
  return (
    <Stack role="status" aria-label="The history is loading" gap="xs">
      <Skeleton height={64} />
      <Skeleton height={64} />
      <Skeleton height={64} />
    </Stack>
  );
}
