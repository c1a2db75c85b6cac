import type { z } from 'zod';
import { TestRunSchema } from '#domain/test-outcomes.ts';
import { DESCRIBE_SECONDS, parseRequest } from './runner-answer.ts';
import {
  BehaviorCheckSchema,
  BehaviorRequestSchema,
  RunnerDescriptionSchema,
  type TestRunner,
  TestsRequestSchema,
} from './test-runner.ts';

export type AskedRequest = { kind: string; seconds?: number };

/** Carries a request to the runner and gives back what it answered, in the agreed form. */
type Ask = <T>(request: AskedRequest, schema: z.ZodType<T>, signal?: AbortSignal) => Promise<T>;

/** The requests of a runner, whatever carries them there. Each rejects with InvalidInputError for a wrong one. */
export function runnerRequests(ask: Ask): Omit<TestRunner, 'close'> {
  return {
    runTests: async (request, { signal } = {}) =>
      ask({ kind: 'tests', ...parseRequest(TestsRequestSchema, request) }, TestRunSchema, signal),
    checkBehavior: async (request, { signal } = {}) =>
      ask({ kind: 'behavior', ...parseRequest(BehaviorRequestSchema, request) }, BehaviorCheckSchema, signal),
    describe: () => ask({ kind: 'describe' }, RunnerDescriptionSchema),
  };
}

/** How long a request may take, in milliseconds: its own seconds and what comes on top. */
export function patienceMs({ seconds = DESCRIBE_SECONDS }: AskedRequest, graceMs: number): number {
  return seconds * 1000 + graceMs;
}
