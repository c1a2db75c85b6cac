import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { RunnerFailedError } from '#domain/errors.ts';
import { parseAnswer } from './runner-answer.ts';
import { stoppedError } from './runner-errors.ts';
import { runOnce } from './runner-process.ts';
import { type AskedRequest, patienceMs, runnerRequests } from './runner-requests.ts';
import type { TestRunner } from './test-runner.ts';

export type LocalTestRunnerOptions = {
  /** The interpreter of the runner's virtual environment. */
  python: string;
  /** The folder that holds the `sgcode_runner` package. */
  packageDir: string;
  /** The most requests at once; the others wait in their order. */
  size?: number;
  /** What a request may take beyond its own seconds, in milliseconds. */
  graceMs?: number;
  /** Where no box can be sealed, run programs as this user, with resource limits only: trusted ones alone. */
  unsafe?: boolean;
};

/** The sealed runner on this machine: one process for each request. */
export function createLocalTestRunner(options: LocalTestRunnerOptions): TestRunner {
  const { graceMs = 10_000, unsafe = false } = options;
  const place = { python: options.python, packageDir: resolve(options.packageDir) };
  const turns = createTurns(options.size ?? Math.min(2, availableParallelism()));
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const ask = async <T>(request: AskedRequest, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    await turns.take(either);
    try {
      const timeoutMs = patienceMs(request, graceMs);
      const running = runOnce(place, unsafe ? { ...request, unsafe } : request, timeoutMs, either);
      underWay.add(running);
      return parseAnswer(parseJson(await running.finally(() => underWay.delete(running))), schema);
    } finally {
      turns.give();
    }
  };
  return {
    ...runnerRequests(ask),
    close: async () => {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunnerFailedError('the answer of the runner is not JSON');
  }
}

/** At most `size` at once, in their order; whoever is aborted while it waits leaves the line. */
function createTurns(size: number) {
  let free = size;
  const waiting: (() => void)[] = [];
  return {
    take: (signal: AbortSignal): Promise<void> => {
      if (signal.aborted) return Promise.reject(stoppedError());
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      const { promise, resolve: go, reject } = Promise.withResolvers<void>();
      const leave = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(stoppedError());
      };
      const turn = () => {
        signal.removeEventListener('abort', leave);
        go();
      };
      waiting.push(turn);
      signal.addEventListener('abort', leave, { once: true });
      return promise;
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
