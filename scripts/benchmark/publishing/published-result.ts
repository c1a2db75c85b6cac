import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BenchmarkDescriptionSchema } from '#domain/benchmark-description.ts';
import { PipelineRatioSchema, ProportionSchema } from '#domain/benchmark-result.ts';
import { BehaviorModeSchema } from '#domain/loop-state.ts';
import { AnalysisFiguresSchema } from '../analysis.ts';

/** What measures everything again and writes it down. */
export const RENEW_COMMAND = 'npm run benchmark -- renew-results';

/** The committed figures, which the README and docs/benchmark.md quote. */
export const RESULT_FILE = fileURLToPath(
  new URL('../../../docs/results/promsec-testing.json', import.meta.url),
);

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** One arm of one run. */
export const ArmFiguresSchema = z.object({
  arm: z.string(),
  programs: z.int().min(1),
  clean: ProportionSchema.nullable(),
  secured: ProportionSchema.nullable(),
  securedAndKept: ProportionSchema.nullable(),
  kept: ProportionSchema.nullable(),
  /** Secured, and nothing could tell whether kept. */
  unjudged: z.int().min(0),
  findings: z.object({ before: z.int().min(0), after: z.int().min(0), introduced: z.int().min(0) }),
  /** Null in arms that do no work of their own, or whose work was not seen. */
  ms: z.object({ median: z.number(), percentile95: z.number() }).nullable(),
  cpuSecondsMedian: z.number().nullable(),
  peakMiB: z.number().nullable(),
});
export type ArmFigures = z.infer<typeof ArmFiguresSchema>;

export const RunNameSchema = z.enum([
  'beside-the-pipeline',
  'behavior-always',
  'behavior-always-two',
  'one-process',
  'two-processes',
]);
export type RunName = z.infer<typeof RunNameSchema>;

/** One benchmark over all programs. */
export const PublishedRunSchema = z.object({
  name: RunNameSchema,
  /** Paths count from the folder of the data. */
  command: z.string(),
  behavior: BehaviorModeSchema,
  jobs: z.int().min(1),
  /** From its start to its tables. */
  seconds: z.number(),
  /** Without the start of the processes, and without the tables. */
  measuringSeconds: z.number(),
  records: z.int().min(1),
  /** Of records.jsonl as it was written. */
  recordsSha256: Sha256Schema,
  /** Of the records in order and without what a clock or a meter says: the same wherever the same comes out. */
  withoutTimesSha256: Sha256Schema,
  arms: z.array(ArmFiguresSchema),
});
export type PublishedRun = z.infer<typeof PublishedRunSchema>;

/** What was measured at one commit on one machine. */
export const PublishedResultSchema = z.object({
  format: z.literal(1),
  command: z.string(),
  startedAt: z.iso.datetime(),
  versions: BenchmarkDescriptionSchema.shape.versions,
  machine: BenchmarkDescriptionSchema.shape.machine,
  dataSet: z.object({
    name: z.string(),
    sha256: Sha256Schema,
    programs: z.int().min(1),
    /** Those that Python does not compile as they came. */
    notCompiling: z.int().min(0),
  }),
  /** What the paper's pipeline answers with. */
  answers: z.object({ name: z.string(), sha256: Sha256Schema }),
  runs: z.array(PublishedRunSchema),
  pipelineRatios: z.array(PipelineRatioSchema),
  analysis: AnalysisFiguresSchema,
});
export type PublishedResult = z.infer<typeof PublishedResultSchema>;
