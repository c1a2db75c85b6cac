import { z } from 'zod';
import { ArmSchema } from './benchmark-record.ts';
import { AnalyzerNameSchema } from './finding.ts';
import { BehaviorModeSchema } from './loop-state.ts';
import { ModelBudgetSchema, ModelSettingsSchema } from './model-settings.ts';
import { PolicyNameSchema } from './policy-name.ts';
import { DatabaseDriverSchema } from './worker-steps.ts';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** `folder`: its `*.py`. The others are JSON Lines: tasks with tests, and functions before and after a fix. */
export const DataSetKindSchema = z.enum(['folder', 'seccodeplt', 'repair-pairs']);
export type DataSetKind = z.infer<typeof DataSetKindSchema>;

/** The vocabulary in which the tokens of a benchmark's inputs are counted. */
export const TOKENIZER = 'o200k_base';

/** What a benchmark was asked and where it ran: what makes its records comparable with one another. */
export const BenchmarkDescriptionSchema = z.object({
  format: z.literal(1),
  startedAt: z.iso.datetime(),
  dataSet: z.object({
    path: z.string(),
    kind: DataSetKindSchema,
    /** How many programs it has, before a sample is taken. */
    programs: z.int().min(1),
    /** Of the names and contents of all its programs, in order. */
    sha256: Sha256Schema,
  }),
  /** Null where all programs take part. */
  sample: z.object({ size: z.int().min(1), seed: z.int().min(0) }).nullable(),
  /** In the order in which every program meets them; the untouched input comes first. */
  arms: z.array(ArmSchema).min(1),
  /** Where the files of the arms of kind `outputs` were read. */
  outputs: z.array(z.object({ arm: z.string(), path: z.string(), sha256: Sha256Schema })),
  settings: z.object({
    policy: PolicyNameSchema,
    analyzers: z.array(AnalyzerNameSchema).min(1),
    behavior: BehaviorModeSchema,
    databaseDriver: DatabaseDriverSchema.nullable().default(null),
    maxIterations: z.int().min(1).default(3),
    /** Of a run. */
    maxSeconds: z.int().min(1).default(120),
    /** The language models, without keys, and what a run may spend on one; none where no arm asks one. */
    models: z.array(ModelSettingsSchema).default([]),
    budget: ModelBudgetSchema.nullable().default(null),
    /** How many programs at once. */
    jobs: z.int().min(1),
  }),
  versions: z.object({
    sgcode: z.string(),
    /** The commit, `-dirty` behind it where files differ from it; null outside of a repository. */
    commit: z.string().nullable(),
    node: z.string(),
    python: z.string(),
    analyzers: z.array(z.object({ name: AnalyzerNameSchema, version: z.string() })),
    tokenizer: z.literal(TOKENIZER),
    /** The sha256 of the gGAN's file; null where no arm uses it. */
    ggan: Sha256Schema.nullable().default(null),
  }),
  machine: z.object({
    platform: z.string(),
    cpu: z.string(),
    cores: z.int().min(1),
    memoryMiB: z.int().min(1),
  }),
});
export type BenchmarkDescription = z.infer<typeof BenchmarkDescriptionSchema>;
