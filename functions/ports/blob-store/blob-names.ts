import { InvalidInputError } from '#domain/errors.ts';
import { type BlobKey, BlobKeySchema } from '#domain/worker-steps.ts';

const PREFIX = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\/$/;

/** Returns the key. Throws InvalidInputError where it is none. */
export function checkedKey(key: BlobKey): BlobKey {
  if (!BlobKeySchema.safeParse(key).success) throw new InvalidInputError(`not a blob key: ${key}`);
  return key;
}

/** Returns the prefix, which ends in `/`. Throws InvalidInputError where it is none. */
export function checkedPrefix(prefix: string): string {
  if (!PREFIX.test(prefix)) throw new InvalidInputError(`not a blob prefix: ${prefix}`);
  return prefix;
}
