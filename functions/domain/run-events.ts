import { z } from 'zod';
import { TokensSchema } from './model-call.ts';
import { RunProgressSchema, RunStatusSchema } from './run.ts';

/** A run keeps its newest events, as many as this. */
export const MAX_RUN_EVENTS = 200;

/** Something that a run did. */
export const RunEventSchema = z.object({
  /** Counts from 1 without gaps; the first ones of a long run are no longer kept. */
  number: z.int().min(1),
  at: z.iso.datetime(),
  /** A state of the state machine. */
  step: z.string().max(100),
  iteration: z.int().min(1),
  /** What is done, or came of it, in one sentence. It may quote a finding, and with it the code. */
  note: z.string().max(500).nullable(),
});
export type RunEvent = z.infer<typeof RunEventSchema>;

/** What is kept of a run's events, oldest first. */
export const RunEventLogSchema = z.object({ events: z.array(RunEventSchema) });
export type RunEventLog = z.infer<typeof RunEventLogSchema>;

/** What a run has spent on models so far; a call that is under way counts with the most that it may cost. */
export const SpentSchema = z.object({
  calls: z.int().min(0),
  tokens: TokensSchema,
  /** Null where a price is unknown. */
  costUsd: z.number().min(0).nullable(),
  /** Milliseconds that models took to answer. */
  ms: z.number().min(0),
});

/** How far a run is: what happened after the event that was asked for, and the account so far. */
export const RunEventsSchema = z.object({
  status: RunStatusSchema,
  progress: RunProgressSchema.nullable(),
  /** Oldest first. */
  events: z.array(RunEventSchema),
  /** The number to ask on with: that of the last event, or the one that was asked with where there is none. */
  next: z.int().min(0),
  spent: SpentSchema,
});
export type RunEvents = z.infer<typeof RunEventsSchema>;
