import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  InputTooLargeError,
  InvalidInputError,
  RunnerFailedError,
  RunnerUnavailableError,
} from '#domain/errors.ts';
import { TestRunSchema } from '#domain/test-outcomes.ts';
import { runOnce, stoppedError } from './runner-process.ts';
import {
  BehaviorCheckSchema,
  BehaviorRequestSchema,
  RunnerDescriptionSchema,
  type TestRunner,
  TestsRequestSchema,
} from './test-runner.ts';

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

const ErrorSchema = z.object({ error: z.object({ name: z.string(), message: z.string() }) });
const errorsByName = new Map(
  [InputTooLargeError, InvalidInputError, RunnerFailedError, RunnerUnavailableError].map((type) => [
    new type().name,
    type,
  ]),
);
const DESCRIBE_SECONDS = 10;

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
      const timeoutMs = (request.seconds ?? DESCRIBE_SECONDS) * 1000 + graceMs;
      const running = runOnce(place, unsafe ? { ...request, unsafe } : request, timeoutMs, either);
      underWay.add(running);
      return parseAnswer(await running.finally(() => underWay.delete(running)), schema);
    } finally {
      turns.give();
    }
  };
  return {
    runTests: async (request, { signal } = {}) =>
      ask({ kind: 'tests', ...parseRequest(TestsRequestSchema, request) }, TestRunSchema, signal),
    checkBehavior: async (request, { signal } = {}) =>
      ask({ kind: 'behavior', ...parseRequest(BehaviorRequestSchema, request) }, BehaviorCheckSchema, signal),
    describe: () => ask({ kind: 'describe' }, RunnerDescriptionSchema),
    close: async () => {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };
}

type AskedRequest = { kind: string; seconds?: number };

function parseRequest<T>(schema: z.ZodType<T>, request: unknown): T {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidInputError(issues.join('; '));
}

function parseAnswer<T>(text: string, schema: z.ZodType<T>): T {
  const answer = parseJson(text);
  const refusal = ErrorSchema.safeParse(answer);
  if (refusal.success) {
    const { name, message } = refusal.data.error;
    const type = errorsByName.get(name);
    throw type ? new type(message) : new RunnerFailedError(`the runner failed (${name})`);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new RunnerFailedError('the answer of the runner does not have the agreed form');
  return parsed.data;
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
