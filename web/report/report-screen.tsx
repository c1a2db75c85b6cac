'use client';

import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { RunIdSchema } from '#domain/loop-state.ts';
import { isNotFound, ProblemError } from '../api-client/problems.ts';
import { fetchReport } from '../api-client/runs.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { ReportView } from './report-view.tsx';

/** The report of one of the reader's own runs, by the address's `id`. */
export function ReportScreen() {
  const id = RunIdSchema.safeParse(useSearchParams().get('id'));
  if (!id.success) return <NoReport title="No report at this address" text="The address names no run." />;
  return <OwnReport id={id.data} />;
}

function OwnReport({ id }: { id: string }) {
  const report = useQuery({
    queryKey: ['report', id],
    queryFn: ({ signal }) => fetchReport(id, signal),
    // A finished run's report never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (report.isPending) return <ReportLoading />;
  if (report.isSuccess) return <ReportView report={report.data} access={{ kind: 'owner', runId: id }} />;
  if (isNotFound(report.error)) {
    return (
      <NoReport
        title="No report at this address"
        text="The run was deleted, or it belongs to somebody else. A report that was shared has a link of its own."
      />
    );
  }
  if (isUnfinished(report.error)) {
    return (
      <Stack align="flex-start">
        <Title order={1} size="h2">
          This run is still at work
        </Title>
        <Text>Its report is there when it is finished.</Text>
        <Button component={Link} href={`/runs?id=${id}`}>
          Watch the run
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <Title order={1} size="h2">
        Report
      </Title>
      <FailureNote error={report.error} onRetry={() => void report.refetch()} />
    </Stack>
  );
}

function isUnfinished(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 409;
}

/** The place of a report while it is on its way. */
export function ReportLoading() {
  return (
    <Stack role="status" aria-label="The report is loading" gap="lg">
      <Skeleton height={96} />
      <Skeleton height={180} />
      <Skeleton height={320} />
    </Stack>
  );
}

/** Said where there is nothing to show, with the way on. */
export function NoReport({ title, text }: { title: string; text: string }) {
  return (
    <Stack align="flex-start">
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text>{text}</Text>
      <Button component={Link} href="/">
        Secure a program
      </Button>
    </Stack>
  );
}
