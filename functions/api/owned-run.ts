import { NotFoundError } from '#domain/errors.ts';
import type { RunId } from '#domain/loop-state.ts';
import type { Run } from '#domain/run.ts';
import type { RunStore } from '#ports/run-store/run-store.ts';

/** The owner's run. Rejects with NotFoundError where there is none, or it is another owner's. */
export async function ownedRun(runStore: RunStore, owner: string, runId: RunId): Promise<Run> {
  const run = await runStore.get(owner, runId);
  if (!run) throw new NotFoundError('no such run');
  return run;
}
