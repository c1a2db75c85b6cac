import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestRunner, TestsRequest } from './test-runner.ts';

const request: TestsRequest = {
  program: 'import os\ndef add(a, b):\n    return a + b\ndef key():\n    return os.environ["API_KEY"]\n',
  module: 'program',
  tests: [
    'from program import add, key',
    'def test_right(): assert add(1, 2) == 3',
    'def test_wrong(): assert add(1, 2) == 4',
    'def test_key(): assert key() == "k"',
  ].join('\n'),
  testsFile: 'test_program.py',
  seconds: 20,
  environment: { API_KEY: 'k' },
};

/** What every test runner promises; each adapter runs it over a runner of its own. */
export function describeTestRunner(
  name: string,
  open: () => TestRunner,
  /** False where no box can be sealed: then there is nothing to run. */
  { isRunnable }: { isRunnable: boolean },
): void {
  const describeHere = isRunnable ? describe : describe.skip;
  describeHere(`${name}, as any test runner`, () => {
    let runner: TestRunner;
    beforeEach(() => {
      runner = open();
    });
    afterEach(() => runner.close());

    it('tells what became of each test', async () => {
      const { tests, ended, reason } = await runner.runTests(request);

      expect({ ended, reason }).toEqual({ ended: 'complete', reason: null });
      expect(tests.map(({ id, outcome }) => [id, outcome])).toEqual([
        ['test_program.py::test_right', 'passed'],
        ['test_program.py::test_wrong', 'failed'],
        ['test_program.py::test_key', 'passed'],
      ]);
    });

    it('tells whether two programs act the same', async () => {
      const original =
        'import sqlite3\n\ndef find(name):\n    c = sqlite3.connect("a.db")\n    return c.execute("SELECT n FROM t WHERE name = \'" + name + "\'").fetchall()\n';
      const secured = original.replace('= \'" + name + "\'")', '= ?", (name,))');
      const check = (candidate: string) =>
        runner.checkBehavior({ original, candidate, seconds: 10, environment: {} });

      expect(secured).not.toBe(original);
      expect(await check(secured)).toMatchObject({ verdict: 'kept', difference: null });
      expect(await check(original.replace('WHERE name', 'WHERE title'))).toMatchObject({
        verdict: 'deviated',
        difference: expect.stringContaining('title'),
      });
    });

    it('counts nothing as passed that a program prints before it exits', async () => {
      const program = 'import os\nprint("3 passed", flush=True)\nos._exit(0)\n';

      const run = await runner.runTests({ ...request, program });

      expect(run.ended).toBe('crashed');
      expect(run.tests.filter(({ outcome }) => outcome === 'passed')).toEqual([]);
    });

    it('ends a program that does not end', async () => {
      const run = await runner.runTests({ ...request, program: 'while True: pass', seconds: 1 });

      expect(run.ended).toBe('timeout');
    });

    it('refuses a request that it cannot take', async () => {
      await expect(runner.runTests({ ...request, module: '../x' })).rejects.toMatchObject({
        name: 'InvalidInputError',
      });
      await expect(runner.runTests({ ...request, program: '#'.repeat(1_000_001) })).rejects.toMatchObject({
        name: 'InputTooLargeError',
      });
    });

    it('tells how it seals', async () => {
      expect((await runner.describe()).seal).not.toBe('');
    });

    it('ends a request that is aborted, and takes the next', async () => {
      const aborting = new AbortController();
      const endless = runner.runTests(
        { ...request, program: 'while True: pass', seconds: 60 },
        { signal: aborting.signal },
      );
      setTimeout(() => aborting.abort(), 300);

      await expect(endless).rejects.toMatchObject({ name: 'RunnerStoppedError' });
      expect((await runner.runTests(request)).ended).toBe('complete');
    });

    it('ends what is under way when it is closed, and stays closed', async () => {
      const endless = runner.runTests({ ...request, program: 'while True: pass', seconds: 60 });
      const outcome = endless.catch((error: Error) => error.name);

      await runner.close();

      expect(await outcome).toBe('RunnerStoppedError');
      await expect(runner.runTests(request)).rejects.toMatchObject({ name: 'RunnerStoppedError' });
    });
  });
}
