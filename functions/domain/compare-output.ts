import { z } from 'zod';
import { LightsSchema } from './gates.ts';
import { RunIdSchema } from './loop-state.ts';
import { MechanismSchema } from './mechanism.ts';
import { TokensSchema } from './model-call.ts';
import { PolicyNameSchema } from './policy-name.ts';
import { FindingCountsSchema, MillisecondsSchema } from './report.ts';
import { VerdictSchema } from './verdict.ts';

const SeverityCountsSchema = z.object({ high: z.int(), medium: z.int(), low: z.int() });

/** What a way of hardening costs. */
const EffortSchema = z.object({
  /** Lines removed plus lines added. */
  linesChanged: z.int().min(0),
  modelCalls: z.int().min(0),
  tokens: TokensSchema,
  /** Null where a price is unknown. */
  costUsd: z.number().nullable(),
});

/** What one mechanism, with one model where it calls one, made of one file. */
export const ComparedRunSchema = EffortSchema.extend({
  /** The mechanism, and the model after an `@` where there are several. */
  name: z.string(),
  mechanism: MechanismSchema,
  /** The models that it could call, by name. */
  models: z.array(z.string()),
  runId: RunIdSchema,
  verdict: VerdictSchema,
  reason: z.string(),
  gates: LightsSchema,
  findings: FindingCountsSchema,
  /** Counted findings by severity. */
  bySeverity: z.object({ before: SeverityCountsSchema, after: SeverityCountsSchema }),
  /** No counted finding is left, none was introduced, and no light fails. */
  securedAndKept: z.boolean(),
  ms: MillisecondsSchema,
  isBest: z.boolean(),
});
export type ComparedRun = z.infer<typeof ComparedRunSchema>;

/** What one mechanism came to over all files. */
export const ComparedSumSchema = EffortSchema.extend({
  name: z.string(),
  files: z.int().min(0),
  securedAndKept: z.int().min(0),
  /** Counted findings by severity. */
  bySeverity: z.object({ before: SeverityCountsSchema, after: SeverityCountsSchema }),
  ms: z.number().min(0),
  isBest: z.boolean(),
});
export type ComparedSum = z.infer<typeof ComparedSumSchema>;

/** The whole document of `sgcode compare --json`. */
export const CompareOutputSchema = z.object({
  policy: PolicyNameSchema,
  files: z.array(z.object({ path: z.string(), runs: z.array(ComparedRunSchema) })),
  sums: z.array(ComparedSumSchema),
});
export type CompareOutput = z.infer<typeof CompareOutputSchema>;
