'use client';

import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fetchKnownModels } from '../api-client/models.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { ModelList } from './model-list.tsx';
import { PriceTable } from './price-table.tsx';
import { RetentionNote } from './retention-note.tsx';
import { SchemeChoice } from './scheme-choice.tsx';

/** Models and their prices, what is kept for how long, and how the page looks. */
export function SettingsScreen() {
  const known = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => fetchKnownModels(signal) });
  return (
    <Stack gap="xl">
      <Title order={1}>Settings</Title>
      <ModelList prices={known.data?.prices ?? []} />
      {known.error !== null && (
        <FailureNote
          error={known.error}
          title="Found models and prices cannot be shown"
          onRetry={() => void known.refetch()}
        />
      )}
      <PriceTable prices={known.data?.prices} />
      <RetentionNote isLocal={known.data?.callsLocalServers} />
      <SchemeChoice />
    </Stack>
  );
}
