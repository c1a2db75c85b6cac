import { NotFoundError } from '#domain/errors.ts';
import { type Ledger, LedgerSchema } from '#domain/model-call.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson } from '#ports/json-blob.ts';

/** Whose ledger it is. One step of a run calls a model at a time, so nothing else writes to it meanwhile. */
export type Account = { blobStore: BlobStore; runId: string };

/** Every call that a run made or was about to make; none where it never called a model. */
export async function readLedger({ blobStore, runId }: Account): Promise<Ledger> {
  try {
    return await readJson(blobStore, runKeys(runId).ledger, LedgerSchema);
  } catch (error) {
    if (error instanceof NotFoundError) return { calls: [] };
    throw error;
  }
}
