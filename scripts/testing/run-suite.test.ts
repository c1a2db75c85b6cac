import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countCheck, countJest } from './count-tests.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import type { Suite } from './suites.ts';

const RESULT =
  '{"numPassedTests":4,"numFailedTests":0,"numPendingTests":0,"numTodoTests":0,"numRuntimeErrorTestSuites":0}';

describe('runSuite', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sgcode-suite-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what the suite wrote and keeps what it printed', async () => {
    const { counts, output } = await run(`echo hello; echo trouble >&2; echo '${RESULT}' > result.json`);

    expect(counts).toEqual({ passed: 4, failed: 0, skipped: 0 });
    expect(output).toBe('hello\ntrouble\n');
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('hello\ntrouble\n');
  });

  it('never counts the result of an earlier run', async () => {
    writeFileSync(join(folder, 'result.json'), RESULT);

    expect((await run('exit 0')).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a crash after a good result as failed', async () => {
    const { counts } = await run(`echo '${RESULT}' > result.json; kill -SEGV $$`);

    expect(counts).toEqual({ passed: 4, failed: 1, skipped: 0 });
  });

  it('stops a suite that hangs, with all that it started', async () => {
    const { counts, output, ms } = await run('sleep 60 & sleep 60', { maxMs: 300 });

    expect(counts.failed).toBe(1);
    expect(output).toContain('stopped after 0 s');
    expect(ms).toBeLessThan(5_000);
  });

  it('counts a suite that cannot be started as failed', async () => {
    const { counts, output } = await run('', { command: '/nowhere/tool' });

    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(output).toContain('ENOENT');
  });

  it('counts a check as one test', async () => {
    expect((await run('exit 0', { isCheck: true })).counts).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect((await run('exit 3', { isCheck: true })).counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  function run(
    script: string,
    { command = '/bin/bash', maxMs = 10_000, isCheck = false } = {},
  ): Promise<SuiteResult> {
    const suite: Suite = {
      name: 'mine',
      title: 'Mine',
      lane: 'first',
      command,
      args: ['-c', script],
      cwd: folder,
      env: {},
      count: isCheck ? countCheck : (_exitCode, result) => (result === null ? null : countJest(result)),
      resultFile: isCheck ? null : join(folder, 'result.json'),
    };
    return runSuite(suite, { logFile: join(folder, 'log'), maxMs });
  }
});
