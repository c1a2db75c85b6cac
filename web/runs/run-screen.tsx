'use client';

import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { RunIdSchema } from '#domain/loop-state.ts';
import { mechanisms } from '#domain/mechanism.ts';
import type { Run } from '#domain/run.ts';
import { isNotFound } from '../api-client/problems.ts';
import { cancelRun, fetchRun } from '../api-client/runs.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { Foreign } from '../report/foreign.tsx';
import { NoReport } from '../report/report-screen.tsx';
import { mechanismTitles } from '../workbench/mechanism-words.ts';
import { EventLog } from './event-log.tsx';
import { railSteps, stepOf } from './rail-steps.ts';
import { RunEnding } from './run-ending.tsx';
import { RunFigures } from './run-figures.tsx';
import { StepRail } from './step-rail.tsx';
import { useRunEvents } from './use-run-events.ts';

const POLL_MS = 1_000;

/** A run by the address's `id`, from its first step to its end. */
export function RunScreen() {
  const id = RunIdSchema.safeParse(useSearchParams().get('id'));
  if (!id.success) return <NoReport title="No run at this address" text="The address names no run." />;
  return <OwnRun id={id.data} />;
}

function OwnRun({ id }: { id: string }) {
  const run = useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => fetchRun(id, signal),
    refetchInterval: ({ state }) =>
      state.data?.status === 'finished' || isNotFound(state.error) ? false : POLL_MS,
    refetchIntervalInBackground: true,
  });
  // What was fetched last is shown on while the server is away.
  if (run.data) return <WatchedRun run={run.data} error={run.error} onRetry={() => void run.refetch()} />;
  if (run.isPending) return <RunLoading />;
  if (isNotFound(run.error)) {
    return <NoReport title="No run at this address" text="It was deleted, or it belongs to somebody else." />;
  }
  return (
    <Stack>
      <Title order={1} size="h2">
        Run
      </Title>
      <FailureNote error={run.error} onRetry={() => void run.refetch()} />
    </Stack>
  );
}

type WatchedRunProps = { run: Run; error: unknown; onRetry: () => void };

function WatchedRun({ run, error, onRetry }: WatchedRunProps) {
  const log = useRunEvents(run.id);
  const events = log.data?.events ?? [];
  const current = run.progress?.step ?? null;
  const { mechanism } = run.settings;
  const steps = railSteps({
    input: run.input,
    repairs: mechanisms[mechanism].repair !== null,
    status: run.status,
    current,
    visited: events.map(({ step }) => step),
  });
  useDocumentTitle(`${titleOf(run)} · SGCode`);
  useReportWhenDone(run);

  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            <Foreign text={run.path} />
          </Title>
          <Text c="dimmed" size="sm">
            {mechanismTitles[mechanism]}
            {run.hasTests && ', with your tests'}
          </Text>
        </div>
        {run.status !== 'finished' && <CancelButton run={run} />}
      </Group>
      <StepRail steps={steps} />
      <RunFigures run={run} spent={log.data?.spent} />
      {error !== null && <FailureNote error={error} onRetry={onRetry} />}
      {run.outcome !== null && <RunEnding id={run.id} outcome={run.outcome} />}
      <EventLog events={events} />
    </Stack>
  );
}

function CancelButton({ run: { id, cancelRequested } }: { run: Run }) {
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelRun(id),
    onSuccess: (run) => queries.setQueryData(['run', id], run),
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Button
        variant="default"
        disabled={cancelRequested}
        loading={cancelling.isPending}
        onClick={() => cancelling.mutate()}
      >
        {cancelRequested ? 'Stopping; the best so far is kept' : 'Cancel, and keep the best so far'}
      </Button>
      {cancelling.error !== null && <FailureNote error={cancelling.error} />}
    </Stack>
  );
}

/** Whoever watched a run to its end sees the report; whoever came back to a run that had ended stays. */
function useReportWhenDone({ id, status, outcome }: Run): void {
  const router = useRouter();
  // A short run may have ended before this screen stood.
  const wasWatched = useRef(useSearchParams().has('watch'));
  useEffect(() => {
    if (status !== 'finished') wasWatched.current = true;
    else if (wasWatched.current && outcome?.failure === null) router.replace(`/reports?id=${id}`);
  }, [router, id, status, outcome]);
}

function titleOf({ status, progress, outcome }: Run): string {
  if (status === 'finished') return outcome?.failure ? 'Failed' : 'Finished';
  return progress ? `${stepOf(progress.step) ?? 'Running'}…` : 'Waiting…';
}

/** The place of a run while it is on its way. */
export function RunLoading() {
  return (
    <Stack role="status" aria-label="The run is loading" gap="lg">
      <Skeleton height={40} width="60%" />
      <Skeleton height={64} />
      <Skeleton height={240} />
    </Stack>
  );
}
