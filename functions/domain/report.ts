import { z } from 'zod';
import { AppliedEditSchema, DeclinedEditSchema } from './edit-plan.ts';
import { AnalyzerNameSchema, FindingSchema } from './finding.ts';
import { GateResultsSchema } from './gates.ts';
import { RunIdSchema, RunSettingsSchema } from './loop-state.ts';
import { StepSpendingSchema, TokensSchema } from './model-call.ts';
import { EnvironmentVariableSchema } from './operators.ts';
import { RepairedPartSchema } from './repair.ts';
import { RiskMapSchema } from './risk.ts';
import { VerdictSchema } from './verdict.ts';

/** Numbers of counted findings; the last two are of the code after the run. */
export const FindingCountsSchema = z.object({
  before: z.int().min(0),
  after: z.int().min(0),
  fixed: z.int().min(0),
  remaining: z.int().min(0),
  introduced: z.int().min(0),
  informational: z.int().min(0),
});
export type FindingCounts = z.infer<typeof FindingCountsSchema>;

/** The counts where nothing was counted. */
export const noFindings: FindingCounts = {
  before: 0,
  after: 0,
  fixed: 0,
  remaining: 0,
  introduced: 0,
  informational: 0,
};

/** Milliseconds by step; `communication` is what the total leaves: queues, transport, the machine itself. */
export const MillisecondsSchema = z.object({
  total: z.number(),
  generate: z.number(),
  analyze: z.number(),
  planEdits: z.number(),
  applyEdits: z.number(),
  repair: z.number(),
  verify: z.number(),
  communication: z.number(),
});
export type Milliseconds = z.infer<typeof MillisecondsSchema>;

/** The time that nothing takes. */
export const noTime: Milliseconds = {
  total: 0,
  generate: 0,
  analyze: 0,
  planEdits: 0,
  applyEdits: 0,
  repair: 0,
  verify: 0,
  communication: 0,
};

/** A finding with what became of it. */
export const ReportedFindingSchema = FindingSchema.extend({ counted: z.boolean() });
export type ReportedFinding = z.infer<typeof ReportedFindingSchema>;

/** The finished account of a run. Holds the code, so it is as private as the code. */
export const ReportSchema = z.object({
  runId: RunIdSchema,
  /** The name the user gave the file; shown, never opened. */
  path: z.string().max(1024),
  /** What the original was generated from; null where code came in. */
  prompt: z.string().nullable().default(null),
  createdAt: z.iso.datetime(),
  settings: RunSettingsSchema,
  verdict: VerdictSchema,
  /** One sentence: why this verdict. */
  reason: z.string(),
  gates: GateResultsSchema,
  findings: FindingCountsSchema,
  original: z.object({ code: z.string(), findings: z.array(ReportedFindingSchema) }),
  secured: z.object({ code: z.string(), findings: z.array(ReportedFindingSchema) }),
  analyzers: z.array(
    z.object({
      name: AnalyzerNameSchema,
      version: z.string(),
      status: z.enum(['analyzed', 'unanalyzable']),
      reason: z.string().nullable(),
    }),
  ),
  /** What the gGAN says of the original; null where it was not asked or cannot tell. */
  risk: RiskMapSchema.nullable().default(null),
  /** Why the gGAN cannot tell; null where it can or was not asked. */
  unassessed: z.string().nullable().default(null),
  edits: z.array(AppliedEditSchema),
  declined: z.array(DeclinedEditSchema),
  /** Pieces of code that a model replaced. */
  repaired: z.array(RepairedPartSchema).default([]),
  environment: z.array(EnvironmentVariableSchema),
  iterations: z.int().min(0),
  modelCalls: z.int().min(0),
  /** Milliseconds that models took to answer; the rest of the time is ours. */
  modelMs: z.number().min(0).default(0),
  /** The same figures step by step; empty where no model was called. */
  modelSteps: z.array(StepSpendingSchema).default([]),
  tokens: TokensSchema,
  /** Null where a price is unknown. */
  costUsd: z.number().nullable(),
  ms: MillisecondsSchema,
});
export type Report = z.infer<typeof ReportSchema>;
