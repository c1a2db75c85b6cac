import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { canSeal, realRunner } from './fixtures/real-runner.ts';
import { createLocalTestRunner, type LocalTestRunnerOptions } from './local-test-runner.ts';
import { describeTestRunner } from './test-runner.contract.ts';
import type { TestRunner } from './test-runner.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const python = path('../../../.venv-runner/bin/python');
const opened: TestRunner[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((runner) => runner.close()));
});

describeTestRunner('the local test runner', realRunner, { isRunnable: await canSeal() });

function oddRunner(options: Partial<LocalTestRunnerOptions> = {}): TestRunner {
  const runner = createLocalTestRunner({ python, packageDir: path('./fixtures/odd-runner'), ...options });
  opened.push(runner);
  return runner;
}

const ask = (runner: TestRunner, how: string, seconds = 5) =>
  runner.runTests({
    program: '',
    module: how,
    tests: '',
    testsFile: 'test_x.py',
    seconds,
    environment: {},
  });

describe('the local test runner', () => {
  it.each(['hang', 'child_hangs'])('stops a process that does not answer (%s)', async (how) => {
    await expect(ask(oddRunner({ graceMs: 200 }), how, 0.1)).rejects.toMatchObject({
      name: 'RunnerFailedError',
      message: 'the runner did not answer within 300 ms',
    });
  });

  it.each([
    ['exit', /something broke/],
    ['no_json', /not JSON/],
    ['other_form', /agreed form/],
    ['endless', /too large/],
  ])('takes no wrong answer for one (%s)', async (how, message) => {
    await expect(ask(oddRunner(), how)).rejects.toMatchObject({
      name: 'RunnerFailedError',
      message: expect.stringMatching(message),
    });
  });

  it('throws the error that the runner names, and tells nothing of one that it does not know', async () => {
    await expect(ask(oddRunner(), 'unavailable')).rejects.toMatchObject({
      name: 'RunnerUnavailableError',
      message: 'install bubblewrap',
    });
    await expect(ask(oddRunner(), 'unknown_error')).rejects.toMatchObject({
      name: 'RunnerFailedError',
      message: 'the runner failed (KeyError)',
    });
  });

  it('hands nothing of its own environment on', async () => {
    process.env.SGCODE_TEST_SECRET = 'sk-1234';
    try {
      const { reason } = await ask(oddRunner(), 'environment');

      expect(reason).toContain('PYTHONPATH');
      expect(reason).not.toContain('SECRET');
      expect(reason).not.toContain('HOME');
    } finally {
      delete process.env.SGCODE_TEST_SECRET;
    }
  });

  it('runs without a box only where it was told to', async () => {
    expect((await ask(oddRunner(), 'request')).reason).not.toContain('unsafe');
    expect((await ask(oddRunner({ unsafe: true }), 'request')).reason).toContain('"unsafe": true');
  });

  it('runs no more at once than it may, in their order', async () => {
    const runner = oddRunner({ size: 2 });

    const runs = await Promise.all(Array.from({ length: 4 }, () => ask(runner, 'ok')));

    const [first = 0, , third = 0] = runs.map(({ ms }) => ms);
    expect(third - first).toBeGreaterThan(0.15);
  });

  it('lets a request that waits leave when it is aborted', async () => {
    const runner = oddRunner({ size: 1 });
    const first = ask(runner, 'ok');

    const waiting = runner.runTests(
      { program: '', module: 'ok', tests: '', testsFile: 'test_x.py', seconds: 5, environment: {} },
      { signal: AbortSignal.timeout(20) },
    );

    await expect(waiting).rejects.toMatchObject({ name: 'RunnerStoppedError' });
    await expect(first).resolves.toMatchObject({ ended: 'complete' });
    await expect(ask(runner, 'ok')).resolves.toMatchObject({ ended: 'complete' });
  });

  it('says what is wrong where Python is missing', async () => {
    await expect(ask(oddRunner({ python: '/nowhere/python' }), 'ok')).rejects.toMatchObject({
      name: 'RunnerUnavailableError',
      message: expect.stringContaining('no Python at /nowhere/python'),
    });
  });

  it('leaves no box behind when it is closed', async () => {
    const runner = createLocalTestRunner({ python, packageDir: path('../../test-runner') });
    const mark = `left-behind-${process.pid}`;
    const program = `import sys, os\nos.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", "${mark}"])`;
    const running = runner
      .runTests({
        program,
        module: 'x',
        tests: 'import x',
        testsFile: 'test_x.py',
        seconds: 60,
        environment: {},
      })
      .catch((error: Error) => error.name);
    await until(() => commandsWith(mark) > 0);

    await runner.close();

    expect(await running).toBe('RunnerStoppedError');
    await until(() => commandsWith(mark) === 0);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to be so');
}

/** How many processes of this machine have a text in their command. */
function commandsWith(text: string): number {
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
  return commands.filter((command) => command.includes(text)).length;
}
