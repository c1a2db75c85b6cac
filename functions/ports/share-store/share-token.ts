import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ShareId, ShareToken } from '#domain/share.ts';

/** A token as the store knows it. The share's id is the first half of the hash: it finds the share, and opens nothing. */
export type HashedToken = { id: ShareId; tokenHash: string };

/** A new token: 32 random bytes. */
export function newShareToken(): ShareToken {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. */
export function hashToken(token: ShareToken): HashedToken {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  return { id: tokenHash.slice(0, 32), tokenHash };
}

/** Whether two hashes are the same, in a time that does not tell how far they are. */
export function isSameHash(hash: string, other: string): boolean {
  return hash.length === other.length && timingSafeEqual(Buffer.from(hash), Buffer.from(other));
}
