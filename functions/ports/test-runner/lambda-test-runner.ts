import { randomUUID } from 'node:crypto';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { z } from 'zod';
import { RunnerFailedError } from '#domain/errors.ts';
import { invokeFunction } from '../invoke-function.ts';
import { parseAnswer } from './runner-answer.ts';
import { stoppedError } from './runner-errors.ts';
import { type AskedRequest, patienceMs, runnerRequests } from './runner-requests.ts';
import type { TestRunner } from './test-runner.ts';

export type LambdaTestRunnerOptions = {
  client: LambdaClient;
  functionName: string;
  /** What a request may take beyond its own seconds, a cold start included. */
  graceMs?: number;
};

/**
 * The sealed runner as a Lambda function. Each request is a tenant of its own, so that it meets an environment in
 * which nothing ran before (https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html). A request that is
 * given up on ends there at its own time limit.
 */
export function createLambdaTestRunner({
  client,
  functionName,
  graceMs = 20_000,
}: LambdaTestRunnerOptions): TestRunner {
  const closing = new AbortController();
  const ask = async <T>(event: AskedRequest, schema: z.ZodType<T>, given?: AbortSignal): Promise<T> => {
    const stopping = given ? AbortSignal.any([given, closing.signal]) : closing.signal;
    if (stopping.aborted) throw stoppedError();
    const timeoutMs = patienceMs(event, graceMs);
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
    const options = { tenantId: randomUUID(), signal };
    const invoked = await invokeFunction(client, functionName, event, options).catch(() => {
      if (stopping.aborted) throw stoppedError();
      throw new RunnerFailedError(
        signal.aborted
          ? `the runner did not answer within ${timeoutMs} ms`
          : 'the runner could not be reached',
      );
    });
    if ('error' in invoked) throw new RunnerFailedError(`the runner ended early (${invoked.error.type})`);
    return parseAnswer(invoked.answer, schema);
  };
  return {
    ...runnerRequests(ask),
    close: async () => closing.abort(),
  };
}
