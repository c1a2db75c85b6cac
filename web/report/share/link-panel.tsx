'use client';

import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedShare, Share } from '#domain/share.ts';
import { FailureNote } from '../../frame/failure-note.tsx';
import { CopyBlock } from '../copy-block.tsx';
import { shownDate } from '../verdict-head.tsx';
import classes from './share.module.css';
import { createShare, fetchShares, revokeShare } from './share-requests.ts';

const lifetimes = [
  { value: '1', label: 'for a day' },
  { value: '7', label: 'for a week' },
  { value: '30', label: 'for 30 days' },
  { value: '90', label: 'for 90 days' },
];

/** Links that open the report without an account: made, listed and revoked. */
export function LinkPanel({ runId }: { runId: string }) {
  const queries = useQueryClient();
  const key = ['shares', runId];
  const shares = useQuery({ queryKey: key, queryFn: ({ signal }) => fetchShares(runId, signal) });
  const [days, setDays] = useState('7');
  const [showsSecrets, setShowsSecrets] = useState(false);
  const renewed = () => queries.invalidateQueries({ queryKey: key });
  const creating = useMutation({
    mutationFn: () => createShare(runId, { expiresInDays: Number(days), showsSecrets }),
    onSuccess: renewed,
  });
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="md">
        <NativeSelect
          label="It opens"
          value={days}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
          data={lifetimes}
        />
        <Button onClick={() => creating.mutate()} loading={creating.isPending}>
          Make a link
        </Button>
      </Group>
      <Switch
        label="Show passwords and other secrets that were found in the code"
        description="Without it they are masked in everything that the link shows."
        checked={showsSecrets}
        onChange={({ currentTarget }) => setShowsSecrets(currentTarget.checked)}
      />
      {creating.isError && <FailureNote error={creating.error} />}
      {creating.isSuccess && <NewLink share={creating.data} />}
      {shares.isPending && <Skeleton height={60} role="status" aria-label="The links are loading" />}
      {shares.isError && <FailureNote error={shares.error} onRetry={() => void shares.refetch()} />}
      {shares.isSuccess && (
        <ShareList
          shares={shares.data}
          onRevoked={(id) => {
            // A link that was just made and revoked must not stand there to be copied.
            if (creating.data?.id === id) creating.reset();
            return renewed();
          }}
        />
      )}
    </Stack>
  );
}

function NewLink({ share }: { share: CreatedShare }) {
  return (
    <Alert color="pine" variant="light" title="Copy the link now: it is shown this once" role="status">
      <CopyBlock label="the link" text={`${window.location.origin}${share.path}`} />
      <Text size="sm" mt="xs">
        Whoever has it can read the report, until {shownDate(share.expiresAt)} or until you revoke it.
      </Text>
    </Alert>
  );
}

type ShareListProps = { shares: readonly Share[]; onRevoked: (id: string) => Promise<void> };

function ShareList({ shares, onRevoked }: ShareListProps) {
  const revoking = useMutation({ mutationFn: revokeShare, onSuccess: (_data, id) => onRevoked(id) });
  if (shares.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No link opens this report.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      {revoking.isError && <FailureNote error={revoking.error} />}
      <ul className={classes.plain} aria-label="Links that open this report">
        {shares.map(({ id, createdAt, expiresAt, showsSecrets }) => (
          <li key={id}>
            <Group justify="space-between" gap="sm">
              <Text size="sm">
                Made {shownDate(createdAt)}, opens until {shownDate(expiresAt)}
                {showsSecrets ? ', shows secrets' : ''}
              </Text>
              <Button
                size="xs"
                variant="default"
                loading={revoking.isPending && revoking.variables === id}
                onClick={() => revoking.mutate(id)}
                aria-label={`Revoke the link made ${shownDate(createdAt)}`}
              >
                Revoke
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
