import { z } from 'zod';
import { RunIdSchema, RunSettingsSchema } from './loop-state.ts';
import { FindingCountsSchema } from './report.ts';
import { VerdictSchema } from './verdict.ts';

/** `finished` says nothing of how it ended: the outcome's verdict does. */
export const RunStatusSchema = z.enum(['queued', 'running', 'finished']);
export type RunStatus = z.infer<typeof RunStatusSchema>;

/** What a run begins with: a program, or a prompt from which one is written. */
export const RunInputSchema = z.enum(['code', 'prompt']);
export type RunInput = z.infer<typeof RunInputSchema>;

/** How far a run has come: the step that began last, and in which iteration. */
export const RunProgressSchema = z.object({ step: z.string().max(100), iteration: z.int().min(1) });
export type RunProgress = z.infer<typeof RunProgressSchema>;

/** The short form of a finished run's report. */
export const RunOutcomeSchema = z.object({
  verdict: VerdictSchema,
  reason: z.string(),
  /** Null where the run ended before anything was counted. */
  findings: FindingCountsSchema.nullable(),
  /** Somebody asked it to stop, and it did. */
  cancelled: z.boolean(),
  /** The step that failed and why; null when none did. */
  failure: z.object({ step: z.string(), message: z.string() }).nullable(),
});
export type RunOutcome = z.infer<typeof RunOutcomeSchema>;

/** One file or prompt, from input to report. Who owns it is known to the run store alone. */
export const RunSchema = z.object({
  id: RunIdSchema,
  /** The name the user gave the file; shown, never opened. */
  path: z.string().min(1).max(1024),
  settings: RunSettingsSchema,
  input: RunInputSchema.default('code'),
  /** Whether the user's own tests came with it. */
  hasTests: z.boolean(),
  status: RunStatusSchema,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  progress: RunProgressSchema.nullable(),
  cancelRequested: z.boolean(),
  /** Null until the run is finished. */
  outcome: RunOutcomeSchema.nullable(),
});
export type Run = z.infer<typeof RunSchema>;

/** A page of an owner's runs, the newest first. */
export const RunPageSchema = z.object({
  runs: z.array(RunSchema),
  /** Asks for the runs after these; null at the end. */
  next: z.string().nullable(),
});
export type RunPage = z.infer<typeof RunPageSchema>;
