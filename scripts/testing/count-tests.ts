import { z } from 'zod';

/** How many tests of a suite ended how. */
export type TestCounts = { passed: number; failed: number; skipped: number };

/** How a suite's process ended. */
export type SuiteEnding = { exitCode: number | null; timedOut: boolean };

const JestResultSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/** Counts of Jest's `--json` result; a test file that could not run counts as one failed test. Throws where it is not one. */
export function countJest(json: string): TestCounts {
  const result = JestResultSchema.parse(JSON.parse(json));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Counts of pytest's `--junitxml` result; a file that could not be collected counts as one failed test. Throws where it is not one. */
export function countPytest(xml: string): TestCounts {
  const suite = xml.match(/<testsuite\s[^>]*>/)?.[0];
  if (suite === undefined) throw new Error('the JUnit file holds no test suite');
  const [tests, failures, errors, skipped] = ['tests', 'failures', 'errors', 'skipped'].map((name) =>
    z.coerce.number().parse(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1]),
  ) as [number, number, number, number];
  const failed = failures + errors;
  // A test that fails and then errs in its teardown is one test with two failures.
  return { passed: Math.max(0, tests - failed - skipped), failed, skipped };
}

/** A check without tests of its own counts as one test. */
export function countCheck(exitCode: number | null): TestCounts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * What a suite counts for in the end: one that was killed, ran into its time limit, wrote no result (`null`),
 * ended with an error that no test shows, or ran no test at all counts as one failed test more.
 */
export function finalCounts(counts: TestCounts | null, { exitCode, timedOut }: SuiteEnding): TestCounts {
  if (counts === null) return { passed: 0, failed: 1, skipped: 0 };
  const isEmpty = counts.passed + counts.failed + counts.skipped === 0;
  const isUnexplained = exitCode !== 0 && counts.failed === 0;
  return isEmpty || isUnexplained || timedOut ? { ...counts, failed: counts.failed + 1 } : counts;
}

export function addCounts(all: TestCounts[]): TestCounts {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** `12 passed, 0 failed`, and what was skipped where something was. */
export function formatCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
