import type { AnalyzerName } from '#domain/finding.ts';
import type { BehaviorMode } from '#domain/loop-state.ts';
import type { PolicyName } from '#domain/policy.ts';
import type { DatabaseDriver } from '#domain/worker-steps.ts';

/** What `sgcode benchmark` was asked; every path is absolute. */
export type BenchmarkRequest = {
  dataSet: string;
  /** Names among `mechanismNames`. */
  mechanisms: string[];
  /** Files that other systems made of the programs, each an arm of that name. */
  outputs: { name: string; folder: string }[];
  /** What the language model of the paper's pipeline answered, for the arm that re-creates it; null without. */
  paperPipeline: string | null;
  sample: { size: number; seed: number } | null;
  policy: PolicyName;
  analyzers: AnalyzerName[];
  behavior: BehaviorMode;
  databaseDriver: DatabaseDriver | null;
  /** How many programs at once; null: as many as this machine has cores. */
  jobs: number | null;
  /** The folder of the records; null: one of its own below the home. */
  out: string | null;
  /** Go on with what is in that folder. */
  resume: boolean;
};
