import { z } from 'zod';
import type { RunId } from '#domain/loop-state.ts';
import { type Share, type ShareId, ShareSchema } from '#domain/share.ts';
import type { HashedToken } from './share-token.ts';

/** A share as it is stored: without its token. */
export const StoredShareSchema = ShareSchema.extend({ owner: z.string(), tokenHash: z.string() });
export type StoredShare = z.infer<typeof StoredShareSchema>;

/**
 * What opens reports to people who do not own them. Shares that have expired are as if they were not there, and so are
 * those of another owner. Everything rejects with StoreUnavailableError when the store cannot be read or written.
 */
export type ShareStore = {
  /** Rejects with ConflictError where the run has MAX_SHARES already; several at once may pass it by a few. */
  create(share: StoredShare): Promise<void>;
  /** The newest first. One that was just made may be missing for a moment. */
  list(owner: string, runId: RunId): Promise<Share[]>;
  /** The share that a token opens; null for an unknown, expired or revoked one. */
  find(token: HashedToken): Promise<StoredShare | null>;
  /** Revokes one. Returns whether it was there. */
  delete(owner: string, id: ShareId): Promise<boolean>;
  /** Revokes all of a run that is deleted. */
  deleteAll(owner: string, runId: RunId): Promise<void>;
};
