import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ConflictError } from '#domain/errors.ts';
import { MAX_SHARES, ShareSchema } from '#domain/share.ts';
import { answered } from '../aws-errors.ts';
import { dynamoKeys } from '../dynamo-keys.ts';
import { type DynamoTable, whetherDone } from '../dynamo-table.ts';
import { type ShareStore, type StoredShare, StoredShareSchema } from './share-store.ts';
import { isSameHash } from './share-token.ts';

/**
 * Shares in the one DynamoDB table (dynamo-keys.ts). Opening a link reads it as it is now, so that a revoked one opens
 * nothing from then on; the list comes from an index, in which a new one appears after some milliseconds. Every write
 * may be sent twice: after a lost answer the SDK sends it again, and a link that was revoked the first time is then said
 * not to be there.
 */
export function createDynamoShareStore({
  now = () => new Date(),
  ...table
}: DynamoTable & { now?: () => Date }): ShareStore {
  const { client, tableName: TableName } = table;
  const listed = (owner: string, runId: string) => queryRun(table, { owner, runId, now: now() });
  const remove = async (owner: string, id: string, at: Date): Promise<boolean> => {
    const removal = client.send(
      new DeleteCommand({
        TableName,
        Key: dynamoKeys.share(id),
        ConditionExpression: '#owner = :owner AND opensUntil > :now',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':now': at.toISOString() },
      }),
    );
    return answered('the link cannot be revoked', whetherDone(removal));
  };

  return {
    async create(share) {
      if ((await listed(share.owner, share.runId)).length >= MAX_SHARES) {
        throw new ConflictError(`The report has ${MAX_SHARES} links already: revoke one of them.`);
      }
      const command = new PutCommand({ TableName, Item: itemOf(share) });
      await answered('the link cannot be made', client.send(command));
    },
    async list(owner, runId) {
      return (await listed(owner, runId)).slice(0, MAX_SHARES).map((share) => ShareSchema.parse(share));
    },
    async find({ id, tokenHash }) {
      const command = new GetCommand({ TableName, Key: dynamoKeys.share(id), ConsistentRead: true });
      const { Item } = await answered('the link cannot be read', client.send(command));
      const share = Item ? shareOf(Item) : null;
      if (share === null || !isSameHash(share.tokenHash, tokenHash)) return null;
      return share.expiresAt > now().toISOString() ? share : null;
    },
    delete: (owner, id) => remove(owner, id, now()),
    async deleteAll(owner, runId) {
      const at = now();
      for (const { id } of await listed(owner, runId)) await remove(owner, id, at);
    },
  };
}

/** A run's shares that still open it, the newest first. They fit into one page. */
async function queryRun(
  { client, tableName }: DynamoTable,
  { owner, runId, now }: { owner: string; runId: string; now: Date },
): Promise<StoredShare[]> {
  const query = new QueryCommand({
    TableName: tableName,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :run',
    FilterExpression: '#owner = :owner AND opensUntil > :now',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: {
      ':run': dynamoKeys.shares(runId),
      ':owner': owner,
      ':now': now.toISOString(),
    },
    ScanIndexForward: false,
  });
  const { Items = [] } = await answered('the links cannot be read', client.send(query));
  return Items.map(shareOf);
}

/** `expiresAt` is DynamoDB's own, in seconds; when the link ends to open is `opensUntil`. */
function itemOf({ expiresAt, ...share }: StoredShare) {
  return {
    ...share,
    ...dynamoKeys.share(share.id),
    gsi1pk: dynamoKeys.shares(share.runId),
    gsi1sk: `${share.createdAt}#${share.id}`,
    opensUntil: expiresAt,
    expiresAt: Math.ceil(Date.parse(expiresAt) / 1000),
  };
}

function shareOf({ opensUntil, ...item }: Record<string, unknown>): StoredShare {
  return StoredShareSchema.parse({ ...item, expiresAt: opensUntil });
}
