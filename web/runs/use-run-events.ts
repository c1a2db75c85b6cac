'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunEvents } from '#domain/run-events.ts';
import { fetchRunEvents } from '../api-client/run-events.ts';

const POLL_MS = 1_000;

/** What a run did so far, asked for until it is finished: only what is new is fetched. */
export function useRunEvents(id: string) {
  const queries = useQueryClient();
  const queryKey = ['run-events', id];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<RunEvents>(queryKey);
      const news = await fetchRunEvents(id, known?.next ?? 0, signal);
      return { ...news, events: [...(known?.events ?? []), ...news.events] };
    },
    refetchInterval: ({ state }) => (state.data?.status === 'finished' ? false : POLL_MS),
    refetchIntervalInBackground: true,
  });
}
