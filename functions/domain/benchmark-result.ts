import { z } from 'zod';
import { ArmSchema } from './benchmark-record.ts';

/** Both ends of a 95 % interval. */
export const IntervalSchema = z.object({ low: z.number(), high: z.number() });
export type Interval = z.infer<typeof IntervalSchema>;

/** How many of n programs, with Wilson's interval. */
export const ProportionSchema = z.object({
  count: z.int().min(0),
  n: z.int().min(1),
  share: z.number().min(0).max(1),
  interval: IntervalSchema,
});
export type Proportion = z.infer<typeof ProportionSchema>;

/** What n programs took: the interval is the mean's, null where there are too few to give one. */
export const AmountSchema = z.object({
  n: z.int().min(1),
  mean: z.number(),
  median: z.number(),
  interval: IntervalSchema.nullable(),
});
export type Amount = z.infer<typeof AmountSchema>;

/**
 * What is either so or not of a program. `securedAndKept` leads. `clean`: analyzers find nothing counted in what
 * came out, whatever became of the program. `kept`: it acted like the input, whatever its findings.
 * `functionPassed`: all of its functional tests; `testsPassed`: all of its security tests too.
 */
export const OutcomeNameSchema = z.enum([
  'clean',
  'secured',
  'securedAndKept',
  'kept',
  'functionPassed',
  'testsPassed',
]);
export type OutcomeName = z.infer<typeof OutcomeNameSchema>;

/**
 * What can be added up. Times are milliseconds; `msPerLine` is the total by the input's lines, `outsidePerIteration`
 * the total without the language model by the iterations, in arms that ask one.
 */
export const AmountNameSchema = z.enum([
  'ggan',
  'analysis',
  'model',
  'editing',
  'gates',
  'communication',
  'total',
  'msPerLine',
  'outsidePerIteration',
  'behaviorCheck',
  'promptTokens',
  'outputTokens',
  'modelCalls',
  'costUsd',
  'edits',
  'iterations',
  'transitions',
  'findingsLeft',
  'cpuSeconds',
  'peakMiB',
]);
export type AmountName = z.infer<typeof AmountNameSchema>;

/** Null, never 0, is what an arm has no part in or what was not measured. */
export const FiguresSchema = z.object({
  outcomes: z.record(OutcomeNameSchema, ProportionSchema.nullable()),
  amounts: z.record(AmountNameSchema, AmountSchema.nullable()),
  /** Secured programs of which nothing could say whether they are kept: not in `securedAndKept`'s n. */
  unjudged: z.int().min(0),
  /** Programs of which a server did not count the tokens, so that we did. */
  estimated: z.int().min(0),
});
export type Figures = z.infer<typeof FiguresSchema>;

/** One arm's figures over one group of programs. */
export const BenchmarkRowSchema = z.object({
  ...FiguresSchema.shape,
  group: z.string(),
  arm: z.string(),
  programs: z.int().min(1),
  /** Of the same programs as they went in; null in that arm's own rows, and where it did not measure them. */
  untouched: FiguresSchema.nullable(),
});
export type BenchmarkRow = z.infer<typeof BenchmarkRowSchema>;

export const TableNameSchema = z.enum(['all', 'findings', 'cwe', 'prompt-length', 'resources']);
export type TableName = z.infer<typeof TableNameSchema>;

export const BenchmarkTableSchema = z.object({
  name: TableNameSchema,
  rows: z.array(BenchmarkRowSchema),
});
export type BenchmarkTable = z.infer<typeof BenchmarkTableSchema>;

/** Which of two arms is shown to be better, `null` where none is. */
const WinnerSchema = z.enum(['first', 'second']).nullable();

/** Both arms on the same programs: exact McNemar test on the programs in which they differ. */
export const OutcomeComparisonSchema = z.object({
  outcome: z.enum(['secured', 'securedAndKept']),
  /** Programs of which both arms say whether it is so. */
  n: z.int().min(0),
  onlyFirst: z.int().min(0),
  onlySecond: z.int().min(0),
  /** Share of the first less share of the second. */
  difference: z.number(),
  interval: IntervalSchema.nullable(),
  p: z.number().min(0).max(1),
  /** Corrected by Holm over all pairs of arms. */
  adjustedP: z.number().min(0).max(1),
  better: WinnerSchema,
});
export type OutcomeComparison = z.infer<typeof OutcomeComparisonSchema>;

/** Both arms on the same programs: bootstrap of the mean of the differences; less is better. */
export const AmountComparisonSchema = z.object({
  amount: AmountNameSchema,
  n: z.int().min(1),
  /** Mean of the first less the second. */
  difference: z.number(),
  interval: IntervalSchema.nullable(),
  p: z.number().min(0).max(1),
  adjustedP: z.number().min(0).max(1),
  better: WinnerSchema,
});
export type AmountComparison = z.infer<typeof AmountComparisonSchema>;

export const PairSchema = z.object({
  first: z.string(),
  second: z.string(),
  /** Programs that both arms have; those of one arm alone are left out of the comparison. */
  programs: z.int().min(0),
  onlyFirst: z.int().min(0),
  onlySecond: z.int().min(0),
  outcomes: z.array(OutcomeComparisonSchema),
  amounts: z.array(AmountComparisonSchema),
});
export type Pair = z.infer<typeof PairSchema>;

/** What is compared with the re-created pipeline of the paper; `nonModelTime` is the total less the model's part. */
export const RatioMeasureSchema = z.enum(['nonModelTime', 'cpuSeconds', 'peakMiB']);
export type RatioMeasure = z.infer<typeof RatioMeasureSchema>;

/** What the pipeline took by what a mechanism took, program by program: above 1 the mechanism took less. */
export const PipelineRatioSchema = z.object({
  arm: z.string(),
  pipeline: z.string(),
  measure: RatioMeasureSchema,
  /** Programs of which both tell it. */
  n: z.int().min(1),
  armMedian: z.number(),
  pipelineMedian: z.number(),
  /** Of the ratios, with the interval of a bootstrap; null where there are too few. */
  median: z.number(),
  interval: IntervalSchema.nullable(),
  fifthPercentile: z.number(),
});
export type PipelineRatio = z.infer<typeof PipelineRatioSchema>;

/** What the paper reports of its own system on its own machine: smallest and largest figure over its tables. */
export const PaperFiguresSchema = z.object({
  source: z.string(),
  machine: z.string(),
  readOn: z.iso.date(),
  ranges: z.array(z.object({ amount: AmountNameSchema, low: z.number(), high: z.number() })),
  remarks: z.array(z.string()),
});
export type PaperFigures = z.infer<typeof PaperFiguresSchema>;

/** What a benchmark came to: the same for the same records, in whatever order they are read. */
export const BenchmarkResultSchema = z.object({
  format: z.literal(1),
  /** What was measured, with what and where, as names and words to show. */
  about: z.array(z.object({ name: z.string(), value: z.string() })),
  arms: z.array(ArmSchema),
  programs: z.int().min(0),
  records: z.int().min(0),
  /** Of the bootstrap. */
  seed: z.int().min(0),
  /** Between LOW and HIGH prompts: the mean over programs; null without programs. */
  meanInputTokens: z.number().nullable(),
  tables: z.array(BenchmarkTableSchema),
  pairs: z.array(PairSchema),
  /** Empty where no pipeline of the paper ran beside. */
  pipelineRatios: z.array(PipelineRatioSchema),
  paper: PaperFiguresSchema,
});
export type BenchmarkResult = z.infer<typeof BenchmarkResultSchema>;
