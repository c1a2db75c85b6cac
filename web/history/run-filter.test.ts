import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Run, RunSchema } from '#domain/run.ts';
import { VerdictSchema } from '#domain/verdict.ts';
import { filterQuery, filterRuns, readFilter } from './run-filter.ts';

const run = (part: Partial<Run>): Run =>
  RunSchema.parse({
    id: '0'.repeat(32),
    path: 'shop.py',
    settings: {},
    hasTests: false,
    status: 'running',
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    finishedAt: null,
    progress: null,
    cancelRequested: false,
    outcome: null,
    ...part,
  });
const outcome = (verdict: 'secured' | 'improved', reason: string) =>
  ({ verdict, reason, findings: null, cancelled: false, failure: null }) as const;

const RUNS = [
  run({ id: 'a'.repeat(32) }),
  run({ id: 'b'.repeat(32), status: 'finished', outcome: outcome('secured', '2 of 2 fixed') }),
  run({ id: 'c'.repeat(32), path: 'Mail.py', status: 'finished', outcome: outcome('improved', '1 is left') }),
];
const shown = (query: string) =>
  filterRuns(RUNS, readFilter(new URLSearchParams(query))).map(({ id }) => id[0]);

describe('the filter of the history', () => {
  it.each([
    ['', 'abc'],
    ['q=shop', 'ab'],
    ['q=mail+left', 'c'],
    ['q=mail+fixed', ''],
    ['state=at-work', 'a'],
    ['state=improved', 'c'],
    ['state=wrong', 'abc'],
    [`runs=${'b'.repeat(32)},${'c'.repeat(32)}&q=py`, 'bc'],
  ])('%s lets pass %s', (query, ids) => {
    expect(shown(query).join('')).toBe(ids);
  });

  it('comes back from its address as it was', () => {
    const filters = fc.record({
      q: fc.string({ maxLength: 100 }),
      state: fc.constantFrom('all' as const, 'at-work' as const, ...VerdictSchema.options),
      runs: fc.array(fc.stringMatching(/^[0-9a-f]{32}$/), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(new URLSearchParams(filterQuery(filter)))).toEqual(filter);
      }),
    );
  });
});
