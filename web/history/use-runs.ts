'use client';

import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RunPage } from '#domain/run.ts';
import { deleteRun, fetchRuns } from '../api-client/runs.ts';

const PAGE_SIZE = 100;
const POLL_MS = 3_000;
const KEY = ['runs'];

/** The visitor's runs, page by page, renewed while one of them is at work. */
export function useRuns() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) => fetchRuns({ limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ runs }) => runs.some(({ status }) => status !== 'finished'))
        ? POLL_MS
        : false,
  });
}

/** Removes a run for good; it leaves the list only when the server says that it is gone. */
export function useDeleteRun() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteRun,
    onSuccess: (_nothing, id) => {
      queries.setQueryData<InfiniteData<RunPage>>(
        KEY,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({ ...page, runs: page.runs.filter((run) => run.id !== id) })),
          },
      );
      for (const name of ['run', 'run-events', 'report']) queries.removeQueries({ queryKey: [name, id] });
    },
  });
}
