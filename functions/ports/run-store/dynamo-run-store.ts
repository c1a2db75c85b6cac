import { randomUUID } from 'node:crypto';
import { QueryCommand, type QueryCommandInput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { RunId } from '#domain/loop-state.ts';
import type { Run, RunOutcome } from '#domain/run.ts';
import { answered } from '../aws-errors.ts';
import { dynamoKeys, expiryAfter } from '../dynamo-keys.ts';
import { type DynamoTable, whetherDone } from '../dynamo-table.ts';
import { createOrFind, readRun, removeRun } from './dynamo-create-run.ts';
import { createPlaces } from './dynamo-place.ts';
import { newRunItem, runOfItem } from './dynamo-run-item.ts';
import { listRuns } from './dynamo-run-list.ts';
import type { RunStore } from './run-store.ts';

export type DynamoRunStoreOptions = DynamoTable & {
  /** How long a run is kept. */
  retentionDays?: number;
  /** After how long an unfinished run counts as abandoned: longer than its state machine may take. */
  abandonedAfterSeconds?: number;
  now?: () => Date;
};

/** Runs in DynamoDB, and what only a store in a cloud is asked. */
export type DynamoRunStore = RunStore & {
  /** When the oldest unfinished run came in; null where all are finished. */
  oldestUnfinished(): Promise<Date | null>;
};

/** Finalizing one takes a second or so: what a scheduled sweep can do in its time. */
const MOST_ABANDONED = 100;

const OpenItemSchema = z.object({ pk: z.string().startsWith('RUN#'), gsi2sk: z.iso.datetime() });

/**
 * Runs in one DynamoDB table (dynamo-keys.ts). A run is always read as it is now (consistent reads, twice the price of
 * others); lists come from an index, in which a new run appears after some milliseconds and a deleted one may
 * still stand. Runs past their retention are as if they were gone, whether DynamoDB has deleted them yet or not.
 *
 * Every write is one conditional request that may be sent twice: after a lost answer the SDK sends it again, and the
 * second changes nothing and reports the same.
 */
export function createDynamoRunStore({
  retentionDays = 30,
  abandonedAfterSeconds = 2400,
  now = () => new Date(),
  ...table
}: DynamoRunStoreOptions): DynamoRunStore {
  const placeOf = createPlaces();
  const read = (id: RunId) => readRun(table, id, now());

  return {
    async create(run) {
      const cameIn = now();
      const expiresAt = expiryAfter(retentionDays * 24 * 3600, cameIn);
      const item = newRunItem(run, { place: placeOf(run.id, cameIn), cameIn, expiresAt });
      return createOrFind(table, run, item, cameIn);
    },
    async get(owner, id) {
      const item = await read(id);
      return item && (owner === null || item.owner === owner) ? runOfItem(item) : null;
    },
    list: (owner, options) => listRuns(table, owner, { ...options, now: now() }),
    async markRunning(id) {
      const values = { ':running': 'running', ':now': now().toISOString() };
      await update(table, id, 'SET #status = :running, startedAt = :now', values);
    },
    async recordProgress(id, progress) {
      await update(table, id, 'SET progress = :progress', { ':progress': JSON.stringify(progress) });
    },
    async requestCancel(id) {
      await update(table, id, 'SET cancelRequested = :true', { ':true': true });
    },
    isCancelRequested: async (id) => (await read(id))?.cancelRequested ?? true,
    finish: (id, outcome) => finish(table, id, outcome, now()),
    async abandoned() {
      const before = new Date(now().getTime() - abandonedAfterSeconds * 1000);
      const open = await openRuns(table, { before, limit: MOST_ABANDONED });
      const runs: Run[] = [];
      for (const { pk } of open) {
        // The index may be behind: the run itself says whether it is finished.
        const item = await read(pk.slice('RUN#'.length));
        if (item && item.status !== 'finished') runs.push(runOfItem(item));
      }
      return runs;
    },
    async delete(owner, id) {
      const item = await read(id);
      return item !== null && item.owner === owner && removeRun(table, item);
    },
    async oldestUnfinished() {
      const [oldest] = await openRuns(table, { before: now(), limit: 1 });
      return oldest ? new Date(oldest.gsi2sk) : null;
    },
  };
}

async function finish(table: DynamoTable, id: RunId, outcome: RunOutcome, now: Date): Promise<boolean> {
  const finishedBy = randomUUID();
  const isDone = await update(
    table,
    id,
    'SET #status = :finished, finishedAt = :now, outcome = :outcome, finishedBy = :by REMOVE gsi2pk, gsi2sk',
    { ':now': now.toISOString(), ':outcome': JSON.stringify(outcome), ':by': finishedBy },
  );
  if (isDone) return true;
  // It may be this very request that finished it, with an answer that was lost.
  return (await readRun(table, id, now))?.finishedBy === finishedBy;
}

/** Changes an unfinished run. Returns whether there was one. */
async function update(
  { client, tableName }: DynamoTable,
  id: RunId,
  change: string,
  values: Record<string, unknown>,
): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: dynamoKeys.run(id),
    UpdateExpression: change,
    ConditionExpression: 'attribute_exists(pk) AND #status <> :finished',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ...values, ':finished': 'finished' },
  });
  return answered('the run cannot be changed', whetherDone(client.send(command)));
}

/** Unfinished runs that came in before a time, the oldest first. */
async function openRuns(
  { client, tableName }: DynamoTable,
  { before, limit }: { before: Date; limit: number },
): Promise<z.infer<typeof OpenItemSchema>[]> {
  const input: QueryCommandInput = {
    TableName: tableName,
    IndexName: 'gsi2',
    KeyConditionExpression: 'gsi2pk = :open AND gsi2sk < :before',
    ExpressionAttributeValues: { ':open': dynamoKeys.open, ':before': before.toISOString() },
    Limit: limit,
  };
  const { Items = [] } = await answered(
    'unfinished runs cannot be listed',
    client.send(new QueryCommand(input)),
  );
  return Items.map((item) => OpenItemSchema.parse(item));
}
