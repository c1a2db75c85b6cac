import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { ConflictError } from '#domain/errors.ts';
import type { Run } from '#domain/run.ts';
import { answered } from '../aws-errors.ts';
import { dynamoKeys, hasExpired } from '../dynamo-keys.ts';
import type { DynamoTable } from '../dynamo-table.ts';
import type { newRunItem, RunItem } from './dynamo-run-item.ts';
import { parseRunItem, runOfItem } from './dynamo-run-item.ts';
import type { NewRun } from './run-store.ts';

const IdempotencyItemSchema = z.object({ runId: z.string(), requestHash: z.string(), expiresAt: z.number() });

/**
 * Adds the run and its Idempotency-Key in one transaction, so that of two requests with one key only one adds a run.
 * The transaction's token makes a repetition after a lost answer the same request to DynamoDB.
 */
export async function createOrFind(
  table: DynamoTable,
  run: NewRun,
  item: ReturnType<typeof newRunItem>,
  now: Date,
): Promise<{ run: Run; isNew: boolean }> {
  const items: TransactWriteCommandInput['TransactItems'] = [
    { Put: { TableName: table.tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
  ];
  if (run.idempotency) {
    const { key, requestHash } = run.idempotency;
    items.push({
      Put: {
        TableName: table.tableName,
        Item: {
          ...dynamoKeys.idempotency(run.owner, key),
          runId: run.id,
          requestHash,
          expiresAt: item.expiresAt,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
      },
    });
  }
  if (await transacted(table, 'the run cannot be recorded', items))
    return { run: runOfItem(item), isNew: true };
  const earlier = await findEarlier(table, run, now);
  if (earlier) return { run: earlier, isNew: false };
  throw new ConflictError(`there is a run ${run.id} already`);
}

/**
 * Removes a run and its Idempotency-Key. Returns whether this call removed it: of several at once one does.
 */
export function removeRun(table: DynamoTable, { runId, owner, idempotencyPk }: RunItem): Promise<boolean> {
  const { tableName } = table;
  const items: TransactWriteCommandInput['TransactItems'] = [
    {
      Delete: {
        TableName: tableName,
        Key: dynamoKeys.run(runId),
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner },
      },
    },
  ];
  if (idempotencyPk !== undefined) {
    items.push({
      Delete: {
        TableName: tableName,
        Key: { pk: idempotencyPk, sk: 'IDEMPOTENCY' },
        // It may have expired and be another run's by now.
        ConditionExpression: 'attribute_not_exists(pk) OR runId = :run',
        ExpressionAttributeValues: { ':run': runId },
      },
    });
  }
  return transacted(table, 'the run cannot be deleted', items);
}

/** The run as the table has it now; null where there is none, or where it has expired. */
export async function readRun(table: DynamoTable, id: string, now: Date): Promise<RunItem | null> {
  const { Item } = await get(table, dynamoKeys.run(id));
  if (!Item) return null;
  const item = parseRunItem(Item);
  return hasExpired(item, now) ? null : item;
}

/** Whether all of it was done; false where a condition did not hold, so that nothing was. */
async function transacted(
  { client }: DynamoTable,
  what: string,
  TransactItems: TransactWriteCommandInput['TransactItems'],
): Promise<boolean> {
  const sending = client
    .send(new TransactWriteCommand({ TransactItems, ClientRequestToken: randomUUID() }))
    .then(
      () => true,
      (error: unknown) => {
        if (failedByCondition(error)) return false;
        throw error;
      },
    );
  return answered(what, sending);
}

function failedByCondition(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

async function findEarlier(
  table: DynamoTable,
  { owner, idempotency }: NewRun,
  now: Date,
): Promise<Run | null> {
  if (!idempotency) return null;
  const { Item } = await get(table, dynamoKeys.idempotency(owner, idempotency.key));
  if (!Item) return null;
  const { runId, requestHash } = IdempotencyItemSchema.parse(Item);
  if (requestHash !== idempotency.requestHash) {
    throw new ConflictError('this Idempotency-Key was used for another request');
  }
  const item = await readRun(table, runId, now);
  return item && runOfItem(item);
}

function get({ client, tableName }: DynamoTable, Key: Record<string, string>) {
  const command = new GetCommand({ TableName: tableName, Key, ConsistentRead: true });
  return answered('the run store cannot be read', client.send(command));
}
