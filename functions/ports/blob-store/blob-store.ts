import type { BlobKey } from '#domain/worker-steps.ts';

/** Code, findings, plans and reports: everything too large for the state document. Overwriting is allowed. */
export type BlobStore = {
  /** Writes a whole blob or none of it. Rejects with InvalidInputError for a key of another form, StoreUnavailableError. */
  put(key: BlobKey, bytes: Uint8Array): Promise<void>;
  /** Writes a blob where there is none yet, as `put` does. Returns whether it did; of several at once one does. */
  putNew(key: BlobKey, bytes: Uint8Array): Promise<boolean>;
  /** Rejects with NotFoundError, InvalidInputError or StoreUnavailableError. */
  get(key: BlobKey): Promise<Uint8Array>;
  /** Removes a blob; one that is not there is no error. */
  delete(key: BlobKey): Promise<void>;
  /** Removes every blob whose key begins with the prefix, which ends in `/`; none is no error. */
  deletePrefix(prefix: string): Promise<void>;
};
