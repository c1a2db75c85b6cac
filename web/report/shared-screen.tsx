'use client';

import { Alert, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ShareTokenSchema } from '#domain/share.ts';
import { isNotFound } from '../api-client/problems.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import type { ReportAccess } from './report-access.ts';
import { NoReport, ReportLoading } from './report-screen.tsx';
import { ReportView } from './report-view.tsx';
import { fetchSharedReport } from './share/share-requests.ts';
import { shownDate } from './verdict-head.tsx';

/** The report that a link opens. Its token stands behind the `#`: no server but the API ever gets it. */
export function SharedScreen() {
  const fragment = useSyncExternalStore(onFragment, readFragment, () => null);
  // While the page is made on the server, and until it lives in the browser, there is no fragment to read.
  if (fragment === null) return <ReportLoading />;
  const token = ShareTokenSchema.safeParse(fragment);
  return token.success ? <Shared token={token.data} /> : <ClosedLink />;
}

function Shared({ token }: { token: string }) {
  const shared = useQuery({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => fetchSharedReport(token, signal),
    // The link may be revoked at any time: another look asks again.
    staleTime: 0,
  });
  if (shared.isPending) return <ReportLoading />;
  if (isNotFound(shared.error)) return <ClosedLink />;
  if (shared.isError) {
    return (
      <Stack>
        <Title order={1} size="h2">
          Shared report
        </Title>
        <FailureNote error={shared.error} onRetry={() => void shared.refetch()} />
      </Stack>
    );
  }
  const { report, access } = shared.data;
  return (
    <Stack>
      <SharedNote access={access} />
      <ReportView report={report} access={access} />
    </Stack>
  );
}

function SharedNote({ access }: { access: ReportAccess }) {
  if (access.kind === 'owner') return null;
  const { expiresAt, secrets } = access;
  return (
    <Alert color="pine" variant="light" title="Somebody shared this report with you">
      <Text size="sm">
        {expiresAt === null
          ? 'The link can be revoked at any time.'
          : `The link opens until ${shownDate(expiresAt)}, unless it is revoked before.`}
        {secrets === 'masked' && ' Passwords and other secrets that were found in the code are masked.'}
        {secrets === 'shown' &&
          ' Its owner chose to show the secrets that were found in the code: keep it to yourself.'}
      </Text>
    </Alert>
  );
}

function ClosedLink() {
  return (
    <NoReport
      title="This link opens nothing"
      text="It has expired, was revoked, or was not copied whole. Ask whoever sent it for a new one."
    />
  );
}

function onFragment(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function readFragment(): string {
  return window.location.hash.slice(1);
}
