import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';

/** What a function answered, or the error that it ended with: `type` is the error's name. */
export type Invoked = { answer: unknown } | { error: { type: string; message: string } };

export type InvokeOptions = {
  /** Requests of two tenants never meet in one environment, where the function isolates its tenants. */
  tenantId?: string;
  signal?: AbortSignal;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html, and the same for every other runtime. */
const ErrorSchema = z.object({
  errorType: z.string().default('Unknown'),
  errorMessage: z.string().default(''),
});

/**
 * Invokes a function and waits for what comes of it. Rejects with the SDK's error where the function could not be
 * invoked, or its answer did not come; with SyntaxError where the answer is not JSON.
 */
export async function invokeFunction(
  client: LambdaClient,
  name: string,
  event: unknown,
  { tenantId, signal }: InvokeOptions = {},
): Promise<Invoked> {
  const command = new InvokeCommand({
    FunctionName: name,
    Payload: Buffer.from(JSON.stringify(event)),
    ...(tenantId === undefined ? {} : { TenantId: tenantId }),
  });
  const { FunctionError: failed, Payload: payload } = await client.send(
    command,
    signal ? { abortSignal: signal } : {},
  );
  const answer: unknown = JSON.parse(Buffer.from(payload ?? []).toString('utf8') || 'null');
  if (failed === undefined) return { answer };
  const error = ErrorSchema.safeParse(answer);
  return {
    error: {
      type: error.data?.errorType ?? 'Unknown',
      message: error.data?.errorMessage ?? '',
    },
  };
}
