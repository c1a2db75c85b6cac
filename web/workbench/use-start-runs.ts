'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createRun, type NewRun } from '../api-client/create-run.ts';
import { useModelKeys } from '../models/saved-models.ts';

type Started = { ids: string[] /** Why the others did not begin; null where all did. */; error: unknown };

/** Starts runs and goes to where they are shown: one to its own screen, several to the history. */
export function useStartRuns() {
  const router = useRouter();
  const { keyFor } = useModelKeys();
  const keysOf = ({ settings: { models } }: NewRun) => ({
    general: models?.general ? keyFor(models.general.baseUrl) : '',
    safecoder: models?.safecoder ? keyFor(models.safecoder.baseUrl) : '',
  });
  return useMutation({
    mutationFn: (runs: readonly NewRun[]) => startAll(runs, (run) => createRun(run, keysOf(run))),
    onSuccess: ({ ids, error }, runs) => {
      const [only = ''] = ids;
      router.push(runs.length === 1 ? `/runs?id=${only}&watch=1` : `/history?runs=${ids.join(',')}`);
      if (error !== null) void tellOfRest(runs.length - ids.length, error);
    },
  });
}

/** Rejects only where not one run began: those that did are to be shown. */
async function startAll(
  runs: readonly NewRun[],
  start: (run: NewRun) => Promise<{ id: string }>,
): Promise<Started> {
  const ids: string[] = [];
  try {
    for (const run of runs) ids.push((await start(run)).id);
    return { ids, error: null };
  } catch (error) {
    if (ids.length === 0) throw error;
    return { ids, error };
  }
}

async function tellOfRest(count: number, error: unknown): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  notifications.show({
    color: 'red',
    autoClose: false,
    title: `${count} ${count === 1 ? 'program' : 'programs'} did not begin`,
    message: error instanceof Error ? error.message : String(error),
  });
}
