import type { RunId } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { ApiServices } from '#ports/services.ts';

/**
 * Removes a run that nothing works on, with its links and blobs. The row goes last: where a removal fails, the run is
 * still there to be removed again.
 */
export async function removeRun(
  { runStore, blobStore, shareStore }: Pick<ApiServices, 'runStore' | 'blobStore' | 'shareStore'>,
  owner: string,
  runId: RunId,
): Promise<void> {
  await shareStore.deleteAll(owner, runId);
  await blobStore.deletePrefix(runKeys(runId).prefix);
  await runStore.delete(owner, runId);
}
