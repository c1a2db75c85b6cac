import type { LambdaClient } from '@aws-sdk/client-lambda';
import { InvalidInputError, WorkerLostError, WorkerTimeoutError } from '#domain/errors.ts';
import { type WorkerInput, type WorkerStepName, workerSteps } from '#domain/worker-steps.ts';
import { type Invoked, invokeFunction } from '../invoke-function.ts';
import type { Worker, WorkerStats } from './worker.ts';
import { outputOf } from './worker-answer.ts';

export type LambdaWorkerOptions = {
  client: LambdaClient;
  /** The function that runs a step. */
  functionOf: (step: WorkerStepName) => string;
  /** Time limit of one request, unless the request brings its own; the function may have a shorter one. */
  timeoutMs?: number;
};

/** How Lambda names a function that it ended itself; everything else is an error that the worker named. */
const TIMED_OUT = 'Sandbox.Timedout';
const ENDED = /^(Runtime|Sandbox|Extension)\./;
const GRACE_MS = 2_000;

/** The worker as Lambda functions: for callers that wait, such as an analysis. A run's states invoke them themselves. */
export function createLambdaWorker({ client, functionOf, timeoutMs = 20_000 }: LambdaWorkerOptions): Worker {
  const closing = new AbortController();
  const stats: WorkerStats = { alive: 0, started: 0, answered: 0, peakRssMb: null };
  return {
    async run<S extends WorkerStepName>(
      step: S,
      input: WorkerInput<S>,
      options: { timeoutMs?: number } = {},
    ) {
      const parsed = workerSteps[step].input.safeParse(input);
      if (!parsed.success) throw new InvalidInputError(`${step}: ${parsed.error.message}`);
      const limit = options.timeoutMs ?? timeoutMs;
      const event = { step, input: parsed.data, timeoutMs: limit };
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(limit + GRACE_MS)]);
      const invoked = await invokeFunction(client, functionOf(step), event, { signal }).catch(() => {
        throw endedBy(closing.signal, signal);
      });
      stats.answered += 1;
      return outputOf(step, answerOf(invoked));
    },
    stats: () => ({ ...stats }),
    close: async () => closing.abort(),
  };
}

function answerOf(invoked: Invoked): Parameters<typeof outputOf>[1] {
  if ('answer' in invoked) return { id: 0, ok: true, output: invoked.answer };
  const { type, message } = invoked.error;
  if (type === TIMED_OUT || type === new WorkerTimeoutError().name) {
    throw new WorkerTimeoutError('the worker did not answer within its time limit');
  }
  if (ENDED.test(type) || type === new WorkerLostError().name) {
    throw new WorkerLostError('the worker ended before it answered');
  }
  return { id: 0, ok: false, error: { name: type, message } };
}

/** The SDK's own error may quote the request, and has told everything by its kind. */
function endedBy(closing: AbortSignal, signal: AbortSignal): Error {
  if (closing.aborted) return new WorkerLostError('the worker was closed');
  if (signal.aborted) return new WorkerTimeoutError('the worker did not answer within its time limit');
  return new WorkerLostError('the worker could not be reached');
}
