import { z } from 'zod';
import { ArmSchema, BenchmarkRecordSchema } from '#domain/benchmark-record.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { DescribeOutputSchema } from '#domain/worker-steps.ts';
import { BenchmarkModelSchema } from './benchmark-request.ts';

/**
 * What the command and a process that measures say to each other. Both are ours, and started together; the forms
 * are checked all the same, because a version of one beside another of the other would be hard to see.
 */
export const ItemSettingsSchema = RunSettingsSchema.pick({
  policy: true,
  analyzers: true,
  behavior: true,
  databaseDriver: true,
  maxIterations: true,
  maxSeconds: true,
  budget: true,
  // Whether any arm uses it: then it is loaded before the first item is timed.
  ggan: true,
}).extend({
  /** The process finds their keys in its own environment. */
  models: z.array(BenchmarkModelSchema),
});
export type ItemSettings = z.infer<typeof ItemSettingsSchema>;

const BytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** One program in one arm. */
export const ItemSchema = z.object({
  program: z.string(),
  code: BytesSchema,
  /** The text of the program's own tests, and null where it has none or nothing can be run here. */
  tests: z.string().nullable(),
  arm: ArmSchema,
  /** What another system made of it; null in arms of other kinds, and where it made nothing. */
  output: BytesSchema.nullable(),
  /** The file of what models answered; null in arms that ask none. */
  calls: z.string().nullable(),
});
export type Item = z.infer<typeof ItemSchema>;

/** Where the process is to work; the paths are absolute. */
export const StartSchema = z.object({
  kind: z.literal('start'),
  settings: ItemSettingsSchema,
  /** A folder for its stores, which it removes at its end. */
  home: z.string(),
});

export const RequestSchema = z.discriminatedUnion('kind', [
  StartSchema,
  z.object({ kind: z.literal('measure'), item: ItemSchema }),
]);
export type Request = z.infer<typeof RequestSchema>;

export const AnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), description: DescribeOutputSchema }),
  z.object({ kind: z.literal('record'), record: BenchmarkRecordSchema }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  /** It could not be measured, and no other program that needs a model can be. */
  z.object({ kind: z.literal('outage'), message: z.string() }),
]);
export type Answer = z.infer<typeof AnswerSchema>;
