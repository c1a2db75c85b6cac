import { NotFoundError } from '#domain/errors.ts';
import { type Attempt, type History, HistorySchema } from '#domain/history.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';

/** The attempts of a run so far; none before the first was decided. */
export async function readHistory(blobStore: BlobStore, runId: string): Promise<History> {
  try {
    return await readJson(blobStore, runKeys(runId).history, HistorySchema);
  } catch (error) {
    if (error instanceof NotFoundError) return { attempts: [] };
    throw error;
  }
}

/**
 * Adds an attempt. A step that is retried after its answer was lost writes the same attempt again,
 * so one with the same number is replaced.
 */
export async function recordAttempt(blobStore: BlobStore, runId: string, attempt: Attempt): Promise<void> {
  const history = await readHistory(blobStore, runId);
  const attempts = history.attempts.filter((other) => other.attempt !== attempt.attempt);
  await writeJson(blobStore, runKeys(runId).history, {
    attempts: [...attempts, attempt],
  } satisfies History);
}
