import { afterEach, describe, expect, it } from '@jest/globals';
import { acceptErrorsOfNode } from '../fixtures/errors-of-node.ts';
import { type Invocation, type InvocationOutcome, startLambdaService } from '../fixtures/lambda-service.ts';
import { createLambdaClient } from '../lambda-client.ts';
import { createLambdaWorker } from './lambda-worker.ts';

acceptErrorsOfNode();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const input = { analyzer: 'bandit', codeKey: 'runs/1/a.py', analysisKey: 'runs/1/b.json' } as const;
const output = { analyzer: 'bandit', status: 'analyzed', analysisKey: 'runs/1/b.json', ms: 3 } as const;

async function workerOver(outcome: InvocationOutcome, timeoutMs = 10_000) {
  const invocations: Invocation[] = [];
  const service = await startLambdaService(async (invocation) => {
    invocations.push(invocation);
    return outcome;
  });
  const client = createLambdaClient(5_000, { ...service.clientConfig, maxAttempts: 1 });
  const worker = createLambdaWorker({ client, functionOf: (step) => `the-${step}-function`, timeoutMs });
  closing.push(service.close);
  return { worker, invocations };
}

const failed = (errorType: string, errorMessage = 'why'): InvocationOutcome => ({
  functionError: { errorType, errorMessage },
});

describe('the worker as Lambda functions', () => {
  it('runs a step in the function that is for it, and counts it', async () => {
    const { worker, invocations } = await workerOver({ answer: output });

    expect(await worker.run('analyze', input, { timeoutMs: 700 })).toEqual(output);
    expect(invocations).toEqual([
      { name: 'the-analyze-function', event: { step: 'analyze', input, timeoutMs: 700 }, tenantId: null },
    ]);
    expect(worker.stats().answered).toBe(1);
  });

  it('invokes nothing for an input of another form', async () => {
    const { worker, invocations } = await workerOver({ answer: output });

    await expect(worker.run('analyze', { ...input, codeKey: '../x' })).rejects.toMatchObject({
      name: 'InvalidInputError',
    });
    expect(invocations).toEqual([]);
  });

  it.each([
    ['InvalidInputError', 'InvalidInputError', 'why'],
    ['InputTooLargeError', 'InputTooLargeError', 'why'],
    ['NotFoundError', 'NotFoundError', 'why'],
    ['StoreUnavailableError', 'StoreUnavailableError', 'why'],
    ['WorkerTimeoutError', 'WorkerTimeoutError', 'time limit'],
    ['Sandbox.Timedout', 'WorkerTimeoutError', 'time limit'],
    ['WorkerLostError', 'WorkerLostError', 'ended before'],
    ['Runtime.ExitError', 'WorkerLostError', 'ended before'],
    ['Runtime.OutOfMemory', 'WorkerLostError', 'ended before'],
    ['KeyError', 'WorkerFailedError', 'KeyError'],
  ])('takes %s of a function for %s', async (errorType, name, message) => {
    const { worker } = await workerOver(failed(errorType));

    await expect(worker.run('analyze', input)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('takes an answer of another form for a failure', async () => {
    const { worker } = await workerOver({ answer: { status: 'clean' } });

    await expect(worker.run('analyze', input)).rejects.toMatchObject({ name: 'WorkerFailedError' });
  });

  it.each<InvocationOutcome>([
    { serviceError: { status: 429, type: 'TooManyRequestsException' } },
    { serviceError: { status: 403, type: 'AccessDeniedException' } },
    { serviceError: { status: 500, type: 'ServiceException' } },
    'reset',
  ])(
    'calls a function that cannot be invoked lost, and tells nothing of the account (%j)',
    async (outcome) => {
      const { worker } = await workerOver(outcome);

      await expect(worker.run('analyze', input)).rejects.toEqual(
        expect.objectContaining({ name: 'WorkerLostError', message: 'the worker could not be reached' }),
      );
    },
  );

  it('gives up on a function that does not answer', async () => {
    const { worker } = await workerOver('silence');

    await expect(worker.run('analyze', input, { timeoutMs: 1 })).rejects.toMatchObject({
      name: 'WorkerTimeoutError',
    });
  });

  it('ends what is under way when it is closed', async () => {
    const { worker, invocations } = await workerOver('silence');
    const running = worker.run('analyze', input).catch((error: Error) => error.name);
    while (invocations.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

    await worker.close();

    expect(await running).toBe('WorkerLostError');
  });
});
