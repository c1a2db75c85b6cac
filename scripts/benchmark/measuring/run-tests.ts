import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { TestRun } from '#domain/test-outcomes.ts';
import type { TestRunner } from '#ports/test-runner/test-runner.ts';
import { testNames } from '../data-sets/task-tests.ts';

/** Of one run; attacks of the tests may keep a program busy until the end of it. */
const MAX_SECONDS = 20;

/** A program's tests, and the code to run them over: what an arm made of the original. */
export type ProgramTests = { program: string; original: string; tests: string };

export type RunTests = (request: ProgramTests) => Promise<BenchmarkRecord['tests']>;

/**
 * Runs tests, and not again over code of the same program that they ran over last: many arms give a program back as it
 * came.
 */
export function rememberingTests(testRunner: TestRunner): RunTests {
  let of: Pick<ProgramTests, 'original' | 'tests'> | null = null;
  const known = new Map<string, BenchmarkRecord['tests']>();
  return async (request) => {
    if (of?.original !== request.original || of.tests !== request.tests) known.clear();
    of = request;
    const earlier = known.get(request.program);
    if (earlier !== undefined) return earlier;
    const tests = await runProgramTests(testRunner, request);
    known.set(request.program, tests);
    return tests;
  };
}

/**
 * What a program's own tests say of the code: how many of each kind pass in both of two runs. Null where the tests
 * cannot be collected.
 */
export async function runProgramTests(
  testRunner: TestRunner,
  { program, original, tests }: ProgramTests,
): Promise<BenchmarkRecord['tests']> {
  const request = {
    program,
    original,
    module: 'program',
    tests,
    testsFile: 'test_program.py',
    seconds: MAX_SECONDS,
    environment: {},
  };
  const runs = await Promise.all([testRunner.runTests(request), testRunner.runTests(request)]);
  const functional = countPassed(runs, testNames.functional);
  const security = countPassed(runs, testNames.security);
  return functional.total + security.total > 0 ? { functional, security } : null;
}

function countPassed(runs: readonly TestRun[], name: string): { passed: number; total: number } {
  const passing = (run: TestRun, id: string) =>
    run.tests.some((test) => test.id === id && test.outcome === 'passed');
  const ids = new Set(
    runs.flatMap(({ tests }) => tests.map(({ id }) => id)).filter((id) => id.includes(`::${name}[`)),
  );
  const passed = [...ids].filter((id) => runs.every((run) => passing(run, id)));
  return { passed: passed.length, total: ids.size };
}
