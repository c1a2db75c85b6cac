import { z } from 'zod';
import { AnalyzerNameSchema } from './finding.ts';
import { LightSchema } from './gates.ts';
import { MechanismSchema } from './mechanism.ts';
import { ModelBudgetSchema, ModelsSchema } from './model-settings.ts';
import { PolicyNameSchema } from './policy-name.ts';
import {
  AllowedPackagesSchema,
  AnalyzeOutputSchema,
  ApplyEditsOutputSchema,
  BlobKeySchema,
  DatabaseDriverSchema,
  ExcerptOutputSchema,
  PutBackOutputSchema,
  VerifyOutputSchema,
} from './worker-steps.ts';

/** A run's id: what the caller may see and use, and the first part of all its blob keys. */
export const RunIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
export type RunId = z.infer<typeof RunIdSchema>;

export const BehaviorModeSchema = z.enum(['auto', 'always', 'never']);
export type BehaviorMode = z.infer<typeof BehaviorModeSchema>;

export const RunSettingsSchema = z.object({
  mechanism: MechanismSchema.default('rules'),
  policy: PolicyNameSchema.default('practical'),
  analyzers: z
    .array(AnalyzerNameSchema)
    .min(1)
    .refine((names) => new Set(names).size === names.length, {
      message: 'It names an analyzer twice.',
    })
    .default(['bandit']),
  maxIterations: z.int().min(1).max(10).default(3),
  maxSeconds: z.int().min(1).max(900).default(300),
  /** Whether original and candidate are run side by side; `auto`: for candidates that a model touched. */
  behavior: BehaviorModeSchema.default('auto'),
  /** Whether the gGAN has a part in the plan. */
  ggan: z.boolean().default(true),
  /** Packages that the secured program may need though the original did not. */
  allowedPackages: AllowedPackagesSchema.default([]),
  /** The driver that runs the queries of a program that does not tell its own; null for none. */
  databaseDriver: DatabaseDriverSchema.nullable().default(null),
  models: ModelsSchema.prefault({}),
  budget: ModelBudgetSchema.prefault({}),
});
export type RunSettings = z.infer<typeof RunSettingsSchema>;
export type RunSettingsInput = z.input<typeof RunSettingsSchema>;

/**
 * The one JSON document that flows through the state machine. Steps add to it and read from it;
 * whatever is large stays in the blob store. Step Functions carries at most 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html); ours stays under 8 KB.
 */
export const LoopStateSchema = z.object({
  runId: RunIdSchema,
  settings: RunSettingsSchema,
  startedAt: z.iso.datetime(),
  /** The code as it came in; every candidate is compared with it. */
  originalKey: BlobKeySchema,
  /** The user's own tests, which the original and every candidate must pass; null where none were given. */
  testsKey: BlobKeySchema.nullable(),
  /** The accepted candidate with the fewest counted findings; the input is the first. */
  bestKey: BlobKeySchema,
  iteration: z.int().min(1),
  /** `Edits` that led from the original to the best candidate; null while that is the original. */
  acceptedEditsKey: BlobKeySchema.nullable(),
  /**
   * How many of the planned edits are tried at once. After a candidate with several was rejected the guilty one is to
   * be found: `found` tries what analyzers and the compiler ask for without what only the gGAN asks for, so that the
   * latter costs nothing of the former; `singly` tries one edit at a time.
   */
  mode: z.enum(['together', 'found', 'singly']),
  /** Whose turn it is in this iteration: first the operators', then a model's. */
  turn: z.enum(['edits', 'repair']),
  /** Where the prompt is from which the original is generated; null where code came in. */
  promptKey: BlobKeySchema.nullable(),
  /** Numbers the candidates, so that no blob is written twice. */
  attempt: z.int().min(1),
});
export type LoopState = z.infer<typeof LoopStateSchema>;

/** Why a run ends before its work is done; the best candidate is kept. */
export const StopReasonSchema = z.enum(['cancelled', 'out-of-time']);
export type StopReason = z.infer<typeof StopReasonSchema>;

export const PlanOutputSchema = z.object({
  next: z.enum(['apply', 'repair', 'report']),
  stopped: StopReasonSchema.nullable(),
  open: z.int().min(0),
  planned: z.int().min(0),
  planKey: BlobKeySchema,
  /** The code that is worked on: the best candidate, or the last one where a mechanism goes on from that. */
  baseKey: BlobKeySchema,
  /** `Edits` that led from the original to it; null where it is the original. */
  baseEditsKey: BlobKeySchema.nullable(),
  excerptKey: BlobKeySchema,
  answerKey: BlobKeySchema,
  candidateKey: BlobKeySchema,
  editsKey: BlobKeySchema,
  gatesKey: BlobKeySchema,
  /** Whether a candidate that passes the static gates is to be run, and where what came of it goes. */
  runsPrograms: z.boolean(),
  /** Whether it is then run side by side with the original; the user's tests run in any case. */
  runsBehavior: z.boolean(),
  checksKey: BlobKeySchema,
  /** `Edits` that Verify reads: those that led to the base, then this attempt's. */
  declaredKeys: z.array(BlobKeySchema).min(1).max(2),
  ms: z.number().min(0),
});
export type PlanOutput = z.infer<typeof PlanOutputSchema>;

/**
 * What a step answers that calls a model: on with the answer, the same step again, the same after a wait, or on
 * without an answer.
 */
export const ModelStepOutputSchema = z.object({
  next: z.enum(['answer', 'again', 'wait', 'none']),
  /** Where `next` is `wait`: as the server asked. */
  waitSeconds: z.int().min(0).max(300),
  /** Why there is no answer; null where there is one. */
  reason: z.string().max(500).nullable(),
  /** Set where the run is to end here. */
  stopped: StopReasonSchema.nullable(),
  /** How often this answer was asked for, and how often the server was waited for. */
  tries: z.int().min(0),
  waits: z.int().min(0),
  ms: z.number().min(0),
});
export type ModelStepOutput = z.infer<typeof ModelStepOutputSchema>;

/** The lights of the gates that run programs. */
export const RunProgramsOutputSchema = z.object({
  behavior: LightSchema,
  tests: LightSchema,
  ms: z.number().min(0),
});
export type RunProgramsOutput = z.infer<typeof RunProgramsOutputSchema>;

/** What Decide leaves of the document: the loop goes on from here. */
export const DecideOutputSchema = z.object({
  next: z.enum(['plan', 'report']),
  state: LoopStateSchema,
  /** Set where a model was not called because the run is to end. */
  stopped: StopReasonSchema.nullable(),
});
export type DecideOutput = z.infer<typeof DecideOutputSchema>;

/** A failure as Step Functions' Catch writes it; a Lambda's cause is itself JSON. */
export const CaughtErrorSchema = z.object({ Error: z.string(), Cause: z.string().optional() });

/**
 * The document as it stands in the machine: the loop state, and what each step answered last.
 * `failure` is keyed by the state that failed.
 */
export const MachineDocumentSchema = z.object({
  state: LoopStateSchema,
  generated: ModelStepOutputSchema.optional(),
  analyses: z.array(AnalyzeOutputSchema).optional(),
  plan: PlanOutputSchema.optional(),
  edits: ApplyEditsOutputSchema.optional(),
  excerpt: ExcerptOutputSchema.optional(),
  repair: ModelStepOutputSchema.optional(),
  putBack: PutBackOutputSchema.optional(),
  reanalyses: z.array(AnalyzeOutputSchema).optional(),
  gates: VerifyOutputSchema.optional(),
  checks: RunProgramsOutputSchema.optional(),
  next: z.enum(['plan', 'report']).optional(),
  stopped: StopReasonSchema.nullable().optional(),
  failure: z.record(z.string(), CaughtErrorSchema).optional(),
});
export type MachineDocument = z.infer<typeof MachineDocumentSchema>;

/** Why the run ended before its work was done, whichever state noticed; null where none did. */
export function stoppedBy({ plan, generated, repair, stopped }: MachineDocument): StopReason | null {
  return plan?.stopped ?? generated?.stopped ?? repair?.stopped ?? stopped ?? null;
}
