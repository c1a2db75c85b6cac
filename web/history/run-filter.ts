import { z } from 'zod';
import type { Run } from '#domain/run.ts';
import { RunStatusSchema } from '#domain/run.ts';
import { VerdictSchema } from '#domain/verdict.ts';

const FilterSchema = z.object({
  q: z.string().max(200).catch(''),
  /** A verdict, or what a run without one is: at work. */
  state: z.enum(['all', 'at-work', ...VerdictSchema.options]).catch('all'),
  /** The runs that were started together; empty for all. */
  runs: z.array(z.string()).catch([]),
});
export type RunFilter = z.infer<typeof FilterSchema>;

/** The filter that an address names; what it does not know, it takes as not said. */
export function readFilter(search: URLSearchParams): RunFilter {
  return FilterSchema.parse({
    q: search.get('q') ?? '',
    state: search.get('state') ?? 'all',
    runs: (search.get('runs') ?? '').split(',').filter((id) => id !== ''),
  });
}

/** The query of an address that names the filter; empty where it lets everything pass. */
export function filterQuery({ q, state, runs }: RunFilter): string {
  return new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(state === 'all' ? {} : { state }),
    ...(runs.length === 0 ? {} : { runs: runs.join(',') }),
  }).toString();
}

/** The runs that the filter lets pass. Words are looked for in the file's name, its outcome and its mechanism. */
export function filterRuns(all: readonly Run[], { q, state, runs }: RunFilter): Run[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((run) => {
    if (runs.length > 0 && !runs.includes(run.id)) return false;
    if (state === 'at-work' && run.status === RunStatusSchema.enum.finished) return false;
    if (state !== 'all' && state !== 'at-work' && run.outcome?.verdict !== state) return false;
    const text = `${run.path} ${run.outcome?.reason ?? ''} ${run.settings.mechanism}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
