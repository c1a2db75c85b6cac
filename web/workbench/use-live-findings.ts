'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AnalyzedFile } from '#domain/analyze-output.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import { analyze } from '../api-client/analyses.ts';

const PAUSE_MS = 600;
/** What the API analyzes while one waits. */
const MAX_CHARACTERS = 100_000;

export type LiveFindings = { file: AnalyzedFile | null; isBehind: boolean; error: unknown };

/** What the analyzers find in the code as it was when typing last paused. */
export function useLiveFindings(code: string, policy: PolicyName): LiveFindings {
  const [settled] = useDebouncedValue(code, PAUSE_MS);
  const isAnalyzed = settled.trim() !== '' && settled.length <= MAX_CHARACTERS;
  const { data, error, isFetching } = useQuery({
    queryKey: ['analysis', policy, settled],
    queryFn: ({ signal }) => analyze({ code: settled, settings: { policy, analyzers: ['bandit'] } }, signal),
    enabled: isAnalyzed,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    retry: false,
  });
  if (!isAnalyzed) return { file: null, isBehind: false, error: null };
  return { file: data ?? null, isBehind: isFetching || settled !== code, error };
}
