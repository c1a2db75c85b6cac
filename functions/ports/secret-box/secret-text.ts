import { InvalidInputError } from '#domain/errors.ts';

/** The most bytes of one secret: what KMS encrypts without a data key (https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html). */
export const MAX_SECRET_BYTES = 4096;

/**
 * The bytes of a secret, to be wiped by the caller. Throws InvalidInputError, which quotes nothing of it, for an
 * empty one, one that UTF-8 cannot hold, and one over the limit.
 */
export function secretBytes(secret: string): Buffer {
  if (secret === '') throw new InvalidInputError('The secret is empty.');
  if (!secret.isWellFormed()) throw new InvalidInputError('The secret has half a character in it.');
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.byteLength <= MAX_SECRET_BYTES) return bytes;
  bytes.fill(0);
  throw new InvalidInputError(`The secret has more than ${MAX_SECRET_BYTES.toLocaleString('en-US')} bytes.`);
}
