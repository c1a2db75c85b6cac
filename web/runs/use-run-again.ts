'use client';

import { useMutation } from '@tanstack/react-query';
import { fetchReport } from '../api-client/runs.ts';
import { useStartRuns } from '../workbench/use-start-runs.ts';

/** Starts a run of the same input with the same settings; its tests are not kept, and not sent again. */
export function useRunAgain() {
  const starting = useStartRuns();
  return useMutation({
    mutationFn: async (id: string) => {
      const { path, prompt, original, settings } = await fetchReport(id);
      const input = prompt === null ? { code: original.code } : { prompt };
      await starting.mutateAsync([{ path, settings, tests: null, ...input }]);
    },
  });
}
