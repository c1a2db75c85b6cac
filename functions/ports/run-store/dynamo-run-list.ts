import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { RunPage } from '#domain/run.ts';
import { answered } from '../aws-errors.ts';
import { dynamoKeys } from '../dynamo-keys.ts';
import type { DynamoTable } from '../dynamo-table.ts';
import { cursorAt, startAt } from './dynamo-place.ts';
import { parseRunItem, type RunItem, runOfItem } from './dynamo-run-item.ts';

type Page = { limit: number; after?: string | null; now: Date };

/** An owner's runs, the newest first. Rejects with InvalidInputError for a cursor that this owner was not given. */
export async function listRuns(
  table: DynamoTable,
  owner: string,
  { limit, after = null, now }: Page,
): Promise<RunPage> {
  const found = await newest(table, {
    TableName: table.tableName,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :owner',
    FilterExpression: 'expiresAt > :now',
    ExpressionAttributeValues: {
      ':owner': dynamoKeys.owner(owner),
      ':now': Math.floor(now.getTime() / 1000),
    },
    ScanIndexForward: false,
    // One more tells whether there is a next page.
    Limit: limit + 1,
    ...(after === null ? {} : { ExclusiveStartKey: startAt(owner, after) }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    runs: shown.map(runOfItem),
    next: last && found.length > limit ? cursorAt(owner, last.gsi1sk) : null,
  };
}

/** DynamoDB ends a page at its limit or at a megabyte, whatever the filter has left of it: asks until it is full. */
async function newest(
  { client }: DynamoTable,
  query: QueryCommandInput & { Limit: number },
): Promise<RunItem[]> {
  const found: RunItem[] = [];
  let start = query.ExclusiveStartKey;
  do {
    const command = new QueryCommand({ ...query, ...(start ? { ExclusiveStartKey: start } : {}) });
    const { Items = [], LastEvaluatedKey } = await answered(
      'the list of runs cannot be read',
      client.send(command),
    );
    found.push(...Items.map(parseRunItem));
    start = LastEvaluatedKey;
  } while (start && found.length < query.Limit);
  return found;
}
