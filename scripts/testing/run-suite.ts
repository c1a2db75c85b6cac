import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { finalCounts, type SuiteEnding, type TestCounts } from './count-tests.ts';
import type { Suite } from './suites.ts';

/** A suite's counts, all that it printed, and how long it took in milliseconds. */
export type SuiteResult = { suite: Suite; counts: TestCounts; output: string; ms: number };

type Limits = { logFile: string; maxMs: number };

/**
 * Runs one suite in a process group of its own, without standard input; never throws: whatever goes wrong with
 * it counts as failed.
 */
export async function runSuite(suite: Suite, { logFile, maxMs }: Limits): Promise<SuiteResult> {
  const started = performance.now();
  if (suite.resultFile !== null) await rm(suite.resultFile, { force: true });
  const { output, ...ending } = await runToEnd(suite, logFile, maxMs);
  const counts = finalCounts(await countResult(suite, ending), ending);
  const note = ending.timedOut ? `\nstopped after ${Math.round(maxMs / 1000)} s\n` : '';
  return { suite, counts, output: output + note, ms: performance.now() - started };
}

async function countResult(suite: Suite, { exitCode }: SuiteEnding): Promise<TestCounts | null> {
  try {
    const result = suite.resultFile === null ? null : await readFile(suite.resultFile, 'utf8');
    return suite.count(exitCode, result);
  } catch {
    return null;
  }
}

function runToEnd(suite: Suite, logFile: string, maxMs: number): Promise<SuiteEnding & { output: string }> {
  return new Promise((resolve) => {
    const { CI: _ci, NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, ...env } = process.env;
    const child = spawn(suite.command, suite.args, {
      cwd: suite.cwd,
      env: { ...env, CI: 'true', ...suite.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const log = createWriteStream(logFile);
    const chunks: Buffer[] = [];
    let timedOut = false;
    const stop = () => killGroup(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, maxMs);
    process.once('exit', stop);

    const end = (exitCode: number | null, note: string) => {
      clearTimeout(timer);
      process.off('exit', stop);
      log.end(note);
      resolve({ exitCode, timedOut, output: Buffer.concat(chunks).toString('utf8') + note });
    };
    const keep = (chunk: Buffer) => {
      chunks.push(chunk);
      log.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let failure = '';
    child.once('error', (error) => {
      failure = `${error.message}\n`;
    });
    child.once('close', (code) => end(failure === '' ? code : null, failure));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
