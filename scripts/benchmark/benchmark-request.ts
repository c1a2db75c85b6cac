import { z } from 'zod';
import type { AnalyzerName } from '#domain/finding.ts';
import { type BehaviorMode, RunSettingsSchema } from '#domain/loop-state.ts';
import { type ModelBudget, ModelSettingsSchema } from '#domain/model-settings.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import type { DatabaseDriver } from '#domain/worker-steps.ts';

/** A language model and the environment variable that holds the key for it, never the key; null without one. */
export const BenchmarkModelSchema = z.object({
  settings: ModelSettingsSchema,
  apiKeyVariable: z.string().nullable(),
});
export type BenchmarkModel = z.infer<typeof BenchmarkModelSchema>;

/** What `sgcode benchmark` was asked; every path is absolute. */
export type BenchmarkRequest = {
  dataSet: string;
  /** Names among `mechanismNames`. */
  mechanisms: string[];
  /** Each mechanism that asks a model is an arm with each of them. */
  models: BenchmarkModel[];
  /** What a run may spend on models. */
  budget: ModelBudget;
  /** The file that keeps what models answered, and answers from then on; null: one beside the records. */
  calls: string | null;
  /** Of a run. */
  maxIterations: number;
  maxSeconds: number;
  /** Files that other systems made of the programs, each an arm of that name. */
  outputs: { name: string; folder: string }[];
  /** What the language model of the paper's pipeline answered, for the arm that re-creates it; null without. */
  paperPipeline: string | null;
  sample: { size: number; seed: number } | null;
  policy: PolicyName;
  analyzers: AnalyzerName[];
  behavior: BehaviorMode;
  databaseDriver: DatabaseDriver | null;
  /** How many programs at once; null: as many as this machine has cores, one where a model is asked. */
  jobs: number | null;
  /** The folder of the records; null: one of its own below the home. */
  out: string | null;
  /** Go on with what is in that folder. */
  resume: boolean;
};

/** The request that measures the rules as they come: what is committed is measured so. */
export function rulesRequest(
  given: Pick<BenchmarkRequest, 'dataSet' | 'out'> & Partial<BenchmarkRequest>,
): BenchmarkRequest {
  const { policy, analyzers, behavior, databaseDriver, maxIterations, maxSeconds, budget } =
    RunSettingsSchema.parse({});
  return {
    mechanisms: ['rules'],
    models: [],
    budget,
    calls: null,
    maxIterations,
    maxSeconds,
    outputs: [],
    paperPipeline: null,
    sample: null,
    policy,
    analyzers,
    behavior,
    databaseDriver,
    jobs: null,
    resume: false,
    ...given,
  };
}
