/**
 * How the clients of AWS wait and try again. The SDK does all of that, in one layer: adapters never retry a call
 * that it gave up. Its standard mode waits with jitter and stops retrying a service that keeps failing
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
 *
 * The longest that a call can take, four tries with their waits, stays below the 29 seconds after which API Gateway
 * gives up, so that the caller is told what failed.
 */
type ClientSettings = {
  maxAttempts: number;
  retryMode: 'standard';
  requestHandler: {
    connectionTimeout: number;
    requestTimeout: number;
    /** Without it a time-out is only logged. */
    throwOnRequestTimeout: true;
    /** Ends an answer that stops in the middle of its body. */
    socketTimeout: number;
  };
};

/** For calls that answer within milliseconds: DynamoDB, KMS, StartExecution. */
export const quickCalls = settings(3000);

/** For blobs, which may have some megabytes. */
export const blobCalls = settings(5000);

function settings(requestTimeout: number): ClientSettings {
  return {
    maxAttempts: 4,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 1000,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeout,
    },
  };
}
