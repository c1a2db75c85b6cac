import { z } from 'zod';
import { type Run, RunSchema } from '#domain/run.ts';
import { type DynamoKey, dynamoKeys } from '../dynamo-keys.ts';
import type { NewRun } from './run-store.ts';

/**
 * A run as the table keeps it. Settings, progress and outcome are JSON texts: what a user wrote may hold half a
 * character, which a DynamoDB string cannot.
 */
const RunItemSchema = z.object({
  runId: z.string(),
  owner: z.string(),
  path: z.string(),
  settings: z.string(),
  input: z.string(),
  hasTests: z.boolean(),
  status: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z.string().nullable(),
  cancelRequested: z.boolean(),
  outcome: z.string().nullable(),
  /** The request with which it was finished: knows its own writing again. */
  finishedBy: z.string().optional(),
  /** Where its Idempotency-Key is kept, which is deleted with it. */
  idempotencyPk: z.string().optional(),
  gsi1sk: z.string(),
  expiresAt: z.number(),
});
export type RunItem = z.infer<typeof RunItemSchema>;

type NewItem = RunItem & DynamoKey & { gsi1pk: string; gsi2pk: string; gsi2sk: string };

/** The item of a new run. `place` sorts an owner's runs; `cameIn` is when the store took it. */
export function newRunItem(
  run: NewRun,
  { place, cameIn, expiresAt }: { place: string; cameIn: Date; expiresAt: number },
): NewItem {
  const { id, owner, idempotency } = run;
  return {
    ...dynamoKeys.run(id),
    gsi1pk: dynamoKeys.owner(owner),
    gsi1sk: place,
    gsi2pk: dynamoKeys.open,
    gsi2sk: cameIn.toISOString(),
    runId: id,
    owner,
    path: run.path.toWellFormed(),
    settings: JSON.stringify(run.settings),
    input: run.input,
    hasTests: run.hasTests,
    status: 'queued',
    createdAt: run.createdAt,
    startedAt: null,
    finishedAt: null,
    progress: null,
    cancelRequested: false,
    outcome: null,
    expiresAt,
    ...(idempotency ? { idempotencyPk: dynamoKeys.idempotency(owner, idempotency.key).pk } : {}),
  };
}

/** Throws a ZodError where the item is not a run's. */
export function parseRunItem(item: unknown): RunItem {
  return RunItemSchema.parse(item);
}

/** Throws a ZodError where the item does not hold a run. */
export function runOfItem(item: RunItem): Run {
  return RunSchema.parse({
    id: item.runId,
    path: item.path,
    settings: JSON.parse(item.settings),
    input: item.input,
    hasTests: item.hasTests,
    status: item.status,
    createdAt: item.createdAt,
    startedAt: item.startedAt,
    finishedAt: item.finishedAt,
    progress: json(item.progress),
    cancelRequested: item.cancelRequested,
    outcome: json(item.outcome),
  } satisfies Record<keyof z.input<typeof RunSchema>, unknown>);
}

function json(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
