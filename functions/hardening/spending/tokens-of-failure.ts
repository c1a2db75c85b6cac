import {
  AddressForbiddenError,
  ModelBusyError,
  ModelRefusedError,
  SecretUnavailableError,
} from '#domain/errors.ts';
import { noTokens, type Tokens } from '#domain/model-call.ts';

/**
 * What a call that failed took: nothing where it was turned down before a model worked on it, otherwise null, since
 * the server may have billed what never arrived.
 */
export function tokensOfFailure(error: unknown): Tokens | null {
  if (
    error instanceof ModelRefusedError ||
    error instanceof AddressForbiddenError ||
    error instanceof SecretUnavailableError
  ) {
    return noTokens;
  }
  // A server that says when to come back has turned the call down; one that says nothing may have dropped it midway.
  return error instanceof ModelBusyError && error.retryAfterSeconds !== null ? noTokens : null;
}
