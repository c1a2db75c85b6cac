import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createProcessWorker, type ProcessWorkerOptions } from './process-worker.ts';
import type { Worker } from './worker.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const opened: Worker[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((worker) => worker.close()));
});

function oddWorker(options: Partial<ProcessWorkerOptions> = {}): Worker {
  const worker = createProcessWorker({
    python: path('../../../.venv/bin/python'),
    packageDir: path('./fixtures/odd-worker'),
    blobDir: path('./fixtures'),
    size: 1,
    ...options,
  });
  opened.push(worker);
  return worker;
}

const ask = (worker: Worker, how: string, timeoutMs?: number) =>
  worker.run(
    'analyze',
    { analyzer: 'bandit', codeKey: `${how}.py`, analysisKey: 'a.json' },
    timeoutMs === undefined ? {} : { timeoutMs },
  );

/** The key in its answer tells the process that gave it. */
const processOf = async (worker: Worker, how = 'ok') => (await ask(worker, how)).analysisKey;

describe('the process worker', () => {
  it('answers from one warm process', async () => {
    const worker = oddWorker();

    const first = await processOf(worker);

    expect(await processOf(worker)).toBe(first);
    expect(worker.stats()).toMatchObject({ alive: 1, started: 1, answered: 2 });
  });

  it('starts no process before the first request', async () => {
    expect(oddWorker().stats()).toMatchObject({ alive: 0, started: 0 });
  });

  it.each(['hang', 'child-hangs'])(
    'stops a request that does not end (%s), and answers the next',
    async (how) => {
      const worker = oddWorker();
      const first = await processOf(worker);

      await expect(ask(worker, how, 300)).rejects.toMatchObject({
        name: 'WorkerTimeoutError',
        message: 'the worker did not finish analyze within 300 ms',
      });
      expect(await processOf(worker)).not.toBe(first);
    },
  );

  it('says that a process ended before it answered, and answers the next request', async () => {
    const worker = oddWorker();
    await processOf(worker);

    await expect(ask(worker, 'exit')).rejects.toMatchObject({ name: 'WorkerLostError' });
    expect(await processOf(worker)).toMatch(/^pid-/);
  });

  it.each(['other-id', 'no-json', 'two-answers', 'endless', 'other-form'])(
    'never takes a wrong answer for one (%s), and answers the next request',
    async (how) => {
      const worker = oddWorker();

      await expect(ask(worker, how)).rejects.toMatchObject({ name: 'WorkerFailedError' });
      expect(await processOf(worker)).toMatch(/^pid-/);
    },
  );

  it('throws the error that the worker names, and tells nothing of one that it does not know', async () => {
    const worker = oddWorker();

    await expect(ask(worker, 'error')).rejects.toMatchObject({ name: 'NotFoundError', message: 'no blob' });
    await expect(ask(worker, 'unknown-error')).rejects.toMatchObject({
      name: 'WorkerFailedError',
      message: 'the worker failed in analyze (KeyError)',
    });
  });

  it('refuses input of another form without asking the worker', async () => {
    const worker = oddWorker();

    await expect(ask(worker, '../../etc/passwd')).rejects.toMatchObject({ name: 'InvalidInputError' });
    expect(worker.stats().started).toBe(0);
  });

  it('takes requests in their order, no more at once than it has processes', async () => {
    const worker = oddWorker({ size: 2 });
    const started = performance.now();

    await Promise.all(Array.from({ length: 20 }, (_, n) => ask(worker, n < 6 ? `slow-${n}` : 'ok')));

    expect(performance.now() - started).toBeGreaterThan(590);
    expect(worker.stats()).toMatchObject({ alive: 2, started: 2, answered: 20 });
  });

  it('replaces a process after so many requests, and one that grew too large', async () => {
    const byCount = oddWorker({ recycleAfter: 2 });
    const bySize = oddWorker({ recycleAboveMb: 100 });

    const pids = [await processOf(byCount), await processOf(byCount), await processOf(byCount)];
    const before = await processOf(bySize, 'grow');

    expect(pids[0]).toBe(pids[1]);
    expect(pids[2]).not.toBe(pids[1]);
    expect(await processOf(bySize)).not.toBe(before);
  });

  it('hands nothing of its own environment on', async () => {
    process.env.SGCODE_TEST_SECRET = 'sk-1234';
    try {
      const { analysisKey } = await ask(oddWorker(), 'environment');

      expect(analysisKey).toContain('sgcode-blob-dir');
      expect(analysisKey).not.toContain('test-secret');
      expect(analysisKey).not.toContain('home');
    } finally {
      delete process.env.SGCODE_TEST_SECRET;
    }
  });

  it('says what is wrong where Python or the package is missing', async () => {
    const noPython = oddWorker({ python: '/nowhere/python' });
    const noPackage = oddWorker({ packageDir: path('.') });

    await expect(ask(noPython, 'ok')).rejects.toMatchObject({
      name: 'WorkerFailedError',
      message: expect.stringContaining('no Python at /nowhere/python'),
    });
    await expect(ask(noPackage, 'ok')).rejects.toMatchObject({
      name: 'WorkerFailedError',
      message: expect.stringContaining('No module named sgcode_worker'),
    });
  });

  it('ends what is at work and what waits when it is closed, and stays closed', async () => {
    const worker = oddWorker();
    const requests = [ask(worker, 'hang'), ask(worker, 'ok')].map((request) =>
      request.catch((error: Error) => error.name),
    );
    await delay(200);

    await worker.close();

    expect(await Promise.all(requests)).toEqual(['WorkerLostError', 'WorkerLostError']);
    await expect(ask(worker, 'ok')).rejects.toMatchObject({ name: 'WorkerLostError' });
    expect(worker.stats().alive).toBe(0);
  });
});
