import { z } from 'zod';
import type { TestRun } from '#domain/test-outcomes.ts';

const EnvironmentSchema = z.record(z.string(), z.string());

export const TestsRequestSchema = z.object({
  program: z.string(),
  /** The program before it was changed: variables that only the changed one reads answer with its texts. */
  original: z.string().optional(),
  /** The name by which the tests import the program. */
  module: z.string(),
  tests: z.string(),
  /** The file name of the tests, as in `test_program.py`; their ids begin with it. */
  testsFile: z.string(),
  seconds: z.number().positive(),
  environment: EnvironmentSchema,
});
export type TestsRequest = z.infer<typeof TestsRequestSchema>;

/** A difference that is meant: another hash function over the same input, or longer keys. */
export const MeantDifferenceSchema = z.enum(['digest', 'key-size', 'shown-query']);
export type MeantDifference = z.infer<typeof MeantDifferenceSchema>;

export const BehaviorRequestSchema = z.object({
  original: z.string(),
  candidate: z.string(),
  /** For both programs together. */
  seconds: z.number().positive(),
  environment: EnvironmentSchema,
  allowed: z.array(MeantDifferenceSchema).optional(),
});
export type BehaviorRequest = z.infer<typeof BehaviorRequestSchema>;

export const BehaviorVerdictSchema = z.enum(['kept', 'deviated', 'not-runnable']);

/** A definition in which changed statements did not run on any input that was compared. */
export const UnreachedPartSchema = z.object({
  /** The definition's name, empty for the module. */
  part: z.string(),
  /** Lines of the candidate, none where the definition only lost some. */
  lines: z.array(z.int().positive()),
  /** Whether nothing at all that changed in it ran. */
  isWhole: z.boolean(),
});
export type UnreachedPart = z.infer<typeof UnreachedPartSchema>;

/** Whether two programs did the same, told apart by what they were seen to do. */
export const BehaviorCheckSchema = z.object({
  verdict: BehaviorVerdictSchema,
  /** The first difference, where they deviated. */
  difference: z.string().nullable(),
  /** Why they could not be compared. */
  reason: z.string().nullable(),
  /** How many observations were compared. */
  compared: z.int().nonnegative(),
  /** What changed and did not run, where they did the same. */
  unreached: z.array(UnreachedPartSchema),
  ms: z.number().nonnegative(),
});
export type BehaviorCheck = z.infer<typeof BehaviorCheckSchema>;

export const RunnerDescriptionSchema = z.object({
  /** What seals a box on this machine. */
  seal: z.string(),
  /** Whether the guest's system calls are filtered as well. */
  callsFiltered: z.boolean(),
  /** The version of Python that programs run under. */
  python: z.string(),
});
export type RunnerDescription = z.infer<typeof RunnerDescriptionSchema>;

export type TestRunnerOptions = {
  /** Ends the request, and whatever it started, when it aborts. */
  signal?: AbortSignal;
};

/**
 * Runs untrusted programs, each in a fresh sealed box. Every method rejects with RunnerUnavailableError where
 * no box can be sealed, RunnerFailedError where the runner does not answer as agreed, RunnerStoppedError once
 * it was closed or the request aborted, InvalidInputError or InputTooLargeError where it refuses the request.
 */
export type TestRunner = {
  /** Runs the tests once over one program. */
  runTests(request: TestsRequest, options?: TestRunnerOptions): Promise<TestRun>;
  /** Runs two programs apart on the same inputs and compares what they do. */
  checkBehavior(request: BehaviorRequest, options?: TestRunnerOptions): Promise<BehaviorCheck>;
  /** Tells how boxes are sealed here. */
  describe(): Promise<RunnerDescription>;
  /** Ends what is under way and refuses what comes after. Idempotent. */
  close(): Promise<void>;
};
