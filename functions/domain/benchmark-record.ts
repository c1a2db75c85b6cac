import { z } from 'zod';
import { CweSchema } from './finding.ts';
import { LightsSchema } from './gates.ts';
import { TokensSchema } from './model-call.ts';
import { ModelSettingsSchema } from './model-settings.ts';
import { VerdictSchema } from './verdict.ts';

/**
 * What is compared in a benchmark, once per program: the untouched input, a mechanism with its settings,
 * the outputs of another system judged by the same gates, or the re-created pipeline of the paper that those came from.
 */
export const ArmSchema = z.object({
  /** Unique in a benchmark and shown in every table, such as `rules`, `hybrid@gpt-4o` or `promsec-0`. */
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\w .:@/+-]+$/),
  kind: z.enum(['untouched', 'mechanism', 'outputs', 'paper-pipeline']),
  /** Whether it asks a language model, and whether the gGAN has a part in it: else those columns stay empty. */
  usesModel: z.boolean(),
  usesGgan: z.boolean(),
  /** The language model that it asks, as its server calls it; left out where it asks none. */
  model: ModelSettingsSchema.shape.name.optional(),
});
export type Arm = z.infer<typeof ArmSchema>;

/** How many of the program's own tests passed, in both of two runs. */
const PassedTestsSchema = z.object({ passed: z.int().min(0), total: z.int().min(0) });

/** What a program's functional and security tests say of the code that came out. */
export const ProgramTestsSchema = z.object({
  functional: PassedTestsSchema,
  security: PassedTestsSchema,
});

/** The program as it went in: the same in every arm's record of it. */
export const BenchmarkInputSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.int().min(0),
  /** Of the program or, for a prompt, of the prompt: what Table 3 divides by. */
  tokens: z.int().min(0),
  compiles: z.boolean(),
  analyzed: z.boolean(),
  /** Counted findings, and their distinct CWEs in order. */
  findings: z.int().min(0),
  cwes: z.array(CweSchema),
});

/** Milliseconds; a part that the arm does not have is null, never 0. */
export const BenchmarkTimesSchema = z.object({
  total: z.number().nullable(),
  ggan: z.number().nullable(),
  analysis: z.number().nullable(),
  model: z.number().nullable(),
  edits: z.number().nullable(),
  gates: z.number().nullable(),
  communication: z.number().nullable(),
  /** The behavior check that is made of the result after the run; not part of the total. */
  behaviorCheck: z.number().nullable(),
});

/** One program in one arm: a line of the records file, with everything that was measured. */
export const BenchmarkRecordSchema = z.object({
  format: z.literal(1),
  program: z.string().min(1).max(500),
  arm: z.string().min(1).max(100),
  input: BenchmarkInputSchema,
  verdict: VerdictSchema,
  reason: z.string(),
  gates: LightsSchema,
  findings: z.object({
    before: z.int().min(0),
    after: z.int().min(0),
    introduced: z.int().min(0),
    /** CWEs of the counted findings that are left. */
    cwesLeft: z.array(CweSchema),
  }),
  /** Compiles, analyzed, no counted finding left or introduced, no gate failed that compares code. */
  isSecured: z.boolean(),
  /** Whether the result acted like the input when both were run; null where that could not be judged. */
  isKept: z.boolean().nullable(),
  tests: ProgramTestsSchema.nullable(),
  edits: z.int().min(0).nullable(),
  editsByOperator: z.record(z.string(), z.int().min(1)),
  iterations: z.int().min(0).nullable(),
  /** States that the state machine entered: work that can be counted without a clock. */
  transitions: z.int().min(0).nullable(),
  modelCalls: z.int().min(0).nullable(),
  tokens: TokensSchema.nullable(),
  costUsd: z.number().min(0).nullable(),
  ms: BenchmarkTimesSchema,
  /** Of all processes that worked on it; null where the system does not tell. */
  resources: z.object({ cpuSeconds: z.number().min(0), peakMiB: z.number().min(0) }).nullable(),
  /** Of the code that came out. */
  outputSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BenchmarkRecord = z.infer<typeof BenchmarkRecordSchema>;

/** Secured, and run beside the input it did the same: the figure that leads every table. */
export function isSecuredAndKept(record: Pick<BenchmarkRecord, 'isSecured' | 'isKept'>): boolean {
  return record.isSecured && record.isKept === true;
}
