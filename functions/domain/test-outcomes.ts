import { z } from 'zod';
import type { Light } from './gates.ts';

export const TestOutcomeSchema = z.enum(['passed', 'failed', 'error', 'skipped']);
export type TestOutcome = z.infer<typeof TestOutcomeSchema>;

/** How a run of tests ended; only a complete one has a result of its own for each test. */
export const TestRunEndSchema = z.enum([
  'complete',
  'uncollected',
  'timeout',
  'crashed',
  'forged',
  'memory-limit',
  'output-limit',
]);

/** One run of the user's tests over one program. A test that has no result of its own counts as failed. */
export const TestRunSchema = z.object({
  tests: z.array(z.object({ id: z.string(), outcome: TestOutcomeSchema, message: z.string() })),
  ended: TestRunEndSchema,
  /** Why it did not end as complete. */
  reason: z.string().nullable(),
  ms: z.number().nonnegative(),
});
export type TestRun = z.infer<typeof TestRunSchema>;

/** Two runs over the same program: tests whose outcomes differ between them are flaky. */
export type TwoTestRuns = readonly [TestRun, TestRun];

export type TestComparison = { light: Light; evidence: string[] };

/** What can become of a test, from best to worst; `missing` when a run does not have it. */
const ranks = { passed: 0, skipped: 1, failed: 2, error: 3, missing: 4 } as const;
type Standing = keyof typeof ranks;

const MAX_NAMED = 20;

/**
 * Whether the candidate does what the user's tests ask at least as well as the original. `pass`: every test
 * that passed in both runs of the original passes in both runs of the candidate, and none of the others got
 * worse. `not-run`: the tests say nothing about the original. Flaky tests are named and do not count.
 */
export function compareTestRuns(original: TwoTestRuns, candidate: TwoTestRuns): TestComparison {
  const unusable = original.find(({ ended }) => ended === 'uncollected' || ended === 'forged');
  if (unusable) {
    const what = unusable.ended === 'forged' ? 'judged' : 'collected';
    return notRun(`the tests cannot be ${what} on the original: ${unusable.reason ?? 'no reason given'}`);
  }
  const ids = [...new Set(original.flatMap(({ tests }) => tests.map(({ id }) => id)))];
  const tests = ids.map((id) => ({ id, before: standings(original, id), after: standings(candidate, id) }));
  const flaky = tests.filter(({ before: [first, second] }) => first !== second);
  const steady = tests.filter((test) => !flaky.includes(test));
  const passing = steady.filter(({ before: [first] }) => first === 'passed');
  const others = steady.filter(({ before: [first] }) => first !== 'passed');
  const notes = [
    ...named(others, ({ id, before }) => `${before[0]} before: ${id}`),
    ...named(flaky, ({ id, before }) => `flaky, not counted: ${id} (${before.join(', then ')})`),
  ];
  if (passing.length === 0) return notRun('no test passes on the original', ...notes);

  const worse = steady.filter(({ before, after }) => ranks[worst(after)] > ranks[before[0]]);
  const problems = [
    ...endings(original, candidate),
    ...named(worse, ({ id, before, after }) => {
      const message = messageOf(candidate, id);
      return `${before[0]} before, ${worst(after)} after: ${id}${message && ` (${message})`}`;
    }),
  ];
  if (problems.length > 0) return { light: 'fail', evidence: [...problems, ...notes] };
  return { light: 'pass', evidence: [`${count(passing.length)} before and after`, ...notes] };
}

function notRun(...evidence: string[]): TestComparison {
  return { light: 'not-run', evidence };
}

function standings(runs: TwoTestRuns, id: string): [Standing, Standing] {
  const [first, second] = runs;
  return [standing(first, id), standing(second, id)];
}

function standing(run: TestRun, id: string): Standing {
  return run.tests.find((test) => test.id === id)?.outcome ?? 'missing';
}

function worst([first, second]: [Standing, Standing]): Standing {
  return ranks[first] > ranks[second] ? first : second;
}

/** A run of the candidate that breaks off where no run of the original did is a failure of its own. */
function endings(original: TwoTestRuns, candidate: TwoTestRuns): string[] {
  const known = new Set(original.map(({ ended }) => ended));
  const odd = candidate.find(
    ({ ended }) => ended !== 'complete' && (ended === 'forged' || !known.has(ended)),
  );
  return odd ? [`the run over the candidate ended as ${odd.ended}: ${odd.reason ?? 'no reason given'}`] : [];
}

function messageOf(runs: TwoTestRuns, id: string): string {
  const messages = runs.map(({ tests }) => tests.find((test) => test.id === id)?.message ?? '');
  return messages.find((message) => message !== '')?.split('\n')[0] ?? '';
}

function named<T>(tests: T[], say: (test: T) => string): string[] {
  const rest = tests.length - MAX_NAMED;
  return [...tests.slice(0, MAX_NAMED).map(say), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

function count(number: number): string {
  return number === 1 ? '1 test passes' : `${number} tests pass`;
}
