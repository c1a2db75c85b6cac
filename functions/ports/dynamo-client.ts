import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { quickCalls } from './aws-client-settings.ts';
import { awsErrorName } from './aws-errors.ts';

/** Why a transaction was cancelled that may well pass the next time. */
const PASSING_REASONS: ReadonlySet<string | undefined> = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * A client of DynamoDB; region, endpoint and credentials come from the environment unless `config` names them. Two
 * writers that meet at one item are retried by the SDK as well, which it leaves to the caller otherwise
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
 */
export function createDynamoClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...quickCalls, ...config });
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isPassing(error)) Object.assign(error, { $retryable: { throttling: false } });
        throw error;
      }
    },
    // Inside the SDK's retries.
    { name: 'retryConflicts', step: 'finalizeRequest', priority: 'low', override: true },
  );
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

function isPassing(error: unknown): error is object {
  if (error instanceof TransactionCanceledException) {
    const reasons = error.CancellationReasons ?? [];
    return reasons.length > 0 && reasons.every(({ Code }) => PASSING_REASONS.has(Code));
  }
  return awsErrorName(error) === 'TransactionConflictException';
}
