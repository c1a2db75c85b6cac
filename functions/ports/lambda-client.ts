import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';

/**
 * A client for invocations that wait for their answer. `timeoutMs` must be longer than the functions that it invokes
 * may take: an invocation that is given up on goes on all the same. Throttles and lost connections are tried again by
 * the SDK; region, address and credentials come from the environment.
 */
export function createLambdaClient(timeoutMs: number, config: LambdaClientConfig = {}): LambdaClient {
  return new LambdaClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    ...config,
  });
}
