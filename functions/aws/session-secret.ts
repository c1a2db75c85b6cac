import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretUnavailableError } from '#domain/errors.ts';
import { quickCalls } from '#ports/aws-client-settings.ts';
import { answered } from '#ports/aws-errors.ts';

/** Shorter ones could be guessed. */
const MIN_CHARACTERS = 32;

/**
 * The secret that signs browser sessions, read when it is first needed and kept for the life of the environment: the
 * API's callers with keys of their own never need it. Rejects with StoreUnavailableError or SecretUnavailableError.
 */
export function openSessionSecret(arn: string, client?: SecretsManagerClient): () => Promise<string> {
  let reading: Promise<string> | null = null;
  return () => {
    reading ??= read(client ?? new SecretsManagerClient(quickCalls), arn).catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}

async function read(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString: secret } = await answered(
    'the secret of sessions cannot be read',
    client.send(new GetSecretValueCommand({ SecretId: arn })),
  );
  if (secret === undefined || secret.length < MIN_CHARACTERS) {
    throw new SecretUnavailableError('The secret of sessions is missing or too short.');
  }
  return secret;
}
