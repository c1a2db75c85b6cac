import { randomUUID } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { QuotaExceededError } from '#domain/errors.ts';
import { answered } from '../aws-errors.ts';
import { dynamoKeys, expiryAfter } from '../dynamo-keys.ts';
import { type DynamoTable, whetherDone } from '../dynamo-table.ts';
import type { Quota, QuotaRequest, Reservation } from './quota.ts';

/**
 * Counters in DynamoDB, one for each owner, counter and window. Taking is one conditional addition, so that however
 * many ask at once no window ever holds more than its limit; API Gateway's own quotas are best effort
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html).
 *
 * A counter knows its last reservation, so that the SDK's second try after a lost answer is not counted again. Where
 * another reservation came in between it is: the owner then has one unit less, never more.
 */
export function createDynamoQuota({
  now = () => new Date(),
  ...table
}: DynamoTable & { now?: () => Date }): Quota {
  return {
    async reserve({ owner, counter, limit, windowSeconds, units = 1 }) {
      const at = now();
      const seconds = Math.floor(at.getTime() / 1000);
      const windowStart = seconds - (seconds % windowSeconds);
      const reservation = { owner, counter, windowStart, units };
      const wasTaken = await take(table, reservation, {
        limit,
        expiresAt: expiryAfter(windowSeconds, at),
      });
      if (wasTaken) return reservation;
      throw exceeded({ owner, counter, limit, windowSeconds }, windowStart + windowSeconds - seconds);
    },
    release: (reservation) => giveBack(table, reservation),
  };
}

async function take(
  { client, tableName }: DynamoTable,
  { owner, counter, windowStart, units }: Reservation,
  { limit, expiresAt }: { limit: number; expiresAt: number },
): Promise<boolean> {
  if (units > limit) return false;
  const id = randomUUID();
  const Key = dynamoKeys.quota(owner, counter, windowStart);
  const command = new UpdateCommand({
    TableName: tableName,
    Key,
    UpdateExpression: 'SET lastReservation = :id, expiresAt = :expires ADD #used :units',
    ConditionExpression: 'attribute_not_exists(pk) OR (#used <= :most AND lastReservation <> :id)',
    ExpressionAttributeNames: { '#used': 'used' },
    ExpressionAttributeValues: { ':id': id, ':expires': expiresAt, ':units': units, ':most': limit - units },
  });
  const isTaken = await answered('the quota cannot be counted', whetherDone(client.send(command)));
  if (isTaken) return true;
  const read = new GetCommand({ TableName: tableName, Key, ConsistentRead: true });
  const { Item } = await answered('the quota cannot be read', client.send(read));
  return Item?.lastReservation === id;
}

async function giveBack(
  { client, tableName }: DynamoTable,
  { owner, counter, windowStart, units }: Reservation,
): Promise<void> {
  const id = randomUUID();
  const command = new UpdateCommand({
    TableName: tableName,
    Key: dynamoKeys.quota(owner, counter, windowStart),
    UpdateExpression: 'SET lastReservation = :id ADD #used :units',
    // A counter that has expired counts nothing any more.
    ConditionExpression: 'attribute_exists(pk) AND #used >= :least AND lastReservation <> :id',
    ExpressionAttributeNames: { '#used': 'used' },
    ExpressionAttributeValues: { ':id': id, ':units': -units, ':least': units },
  });
  await answered('the quota cannot be given back', whetherDone(client.send(command)));
}

function exceeded(
  { counter, limit, windowSeconds }: Omit<QuotaRequest, 'units'>,
  retryAfterSeconds: number,
): QuotaExceededError {
  const window = windowSeconds === 86_400 ? 'a day' : `${windowSeconds.toLocaleString('en-US')} seconds`;
  const what = `${limit.toLocaleString('en-US')} ${counter.replaceAll('-', ' ')} in ${window}`;
  return new QuotaExceededError(`The quota of ${what} is used up.`, retryAfterSeconds);
}
