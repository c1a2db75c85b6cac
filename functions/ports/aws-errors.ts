import { StoreUnavailableError } from '#domain/errors.ts';

/** Waits for a call of an AWS service; what the SDK gives up with becomes StoreUnavailableError: `what`, and why. */
export async function answered<T>(what: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new StoreUnavailableError(`${what}: ${awsErrorName(error)}`, { cause: error });
  }
}

/**
 * What an AWS call failed with, by name: the service's error code, or the socket's. The message stays behind, since
 * it quotes account numbers and keys, and a report shows why a step failed.
 */
export function awsErrorName(error: unknown): string {
  const code = property(error, 'code');
  if (code !== null) return code;
  const name = property(error, 'name');
  return name === null || name === 'Error' ? 'unknown error' : name;
}

function property(error: unknown, key: 'code' | 'name'): string | null {
  const value = typeof error === 'object' && error !== null ? Reflect.get(error, key) : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
