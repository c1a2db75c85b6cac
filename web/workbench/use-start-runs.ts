'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createRun, type NewRun } from '../api-client/create-run.ts';
import { useModelKeys } from '../models/saved-models.ts';

/** Starts runs and goes to where they are shown: one to its own screen, several to the history. */
export function useStartRuns() {
  const router = useRouter();
  const { keyFor } = useModelKeys();
  return useMutation({
    mutationFn: async (runs: readonly NewRun[]) => {
      const ids: string[] = [];
      for (const run of runs) {
        const { general, safecoder } = run.settings.models ?? {};
        const keys = {
          general: general ? keyFor(general.baseUrl) : '',
          safecoder: safecoder ? keyFor(safecoder.baseUrl) : '',
        };
        ids.push((await createRun(run, keys)).id);
      }
      return ids;
    },
    onSuccess: (ids) => {
      const [only = ''] = ids;
      router.push(ids.length === 1 ? `/runs?id=${only}&watch=1` : `/history?runs=${ids.join(',')}`);
    },
  });
}
