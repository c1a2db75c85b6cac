import { type Edits, EditsSchema } from '#domain/edit-plan.ts';
import type { LoopState } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';

/** Edits of nothing. */
export const noEdits: Edits = { applied: [], declined: [], repaired: [] };

/** The edits that led to the best candidate. */
export async function acceptedEdits(
  { acceptedEditsKey }: Pick<LoopState, 'acceptedEditsKey'>,
  { blobStore }: Pick<Stores, 'blobStore'>,
): Promise<Edits> {
  return acceptedEditsKey === null ? noEdits : await readJson(blobStore, acceptedEditsKey, EditsSchema);
}

/**
 * Writes the edits that lead to the new best candidate and returns their key. A candidate made from other code than
 * the best one is reached by its own edits alone.
 */
export async function acceptEdits(
  state: LoopState,
  tried: Edits,
  isFromBest: boolean,
  services: Stores,
): Promise<BlobKey> {
  const before = isFromBest ? await acceptedEdits(state, services) : noEdits;
  const key = runKeys(state.runId).accepted(state.attempt);
  await writeJson(services.blobStore, key, {
    applied: [...before.applied, ...tried.applied],
    declined: [],
    repaired: [...before.repaired, ...tried.repaired],
  } satisfies Edits);
  return key;
}

/** How many places were changed that no analyzer and no compiler asked for. */
export function atGgansWord(...edits: Pick<Edits, 'applied' | 'repaired'>[]): number {
  const sources = edits.flatMap(({ applied, repaired }) => [
    ...applied.map(({ source }) => source),
    ...repaired.flatMap(({ targets }) => targets.map(({ source }) => source)),
  ]);
  return sources.filter((source) => source === 'ggan').length;
}
