import { type Edits, EditsSchema } from '#domain/edit-plan.ts';
import type { LoopState, PlanOutput } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';

/** Edits of nothing. */
export const noEdits: Edits = { applied: [], declined: [], repaired: [] };

/** The edits that led from the original to some code; none for the original, whose key is null. */
export async function leadingEdits(
  key: BlobKey | null,
  { blobStore }: Pick<Stores, 'blobStore'>,
): Promise<Edits> {
  return key === null ? noEdits : await readJson(blobStore, key, EditsSchema);
}

/** Writes the edits that lead to the candidate, by way of the code that it was made from, and returns their key. */
export async function keepLeadingEdits(
  { runId, attempt }: LoopState,
  { baseEditsKey }: PlanOutput,
  tried: Edits,
  services: Stores,
): Promise<BlobKey> {
  const before = await leadingEdits(baseEditsKey, services);
  const key = runKeys(runId).leading(attempt);
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
