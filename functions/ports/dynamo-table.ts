import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The one table, and a client for it. */
export type DynamoTable = { client: DynamoDBDocumentClient; tableName: string };

/** Whether a write was done; false where its condition did not hold. Rejects with what else the SDK gives up with. */
export function whetherDone(writing: Promise<unknown>): Promise<boolean> {
  return writing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    },
  );
}
