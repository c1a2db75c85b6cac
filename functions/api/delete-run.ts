import type { RunId } from '#domain/loop-state.ts';
import { NotFinishedError } from '#middleware/request-errors.ts';
import type { RunStore } from '#ports/run-store/run-store.ts';
import { emptyAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import { removeRun } from './remove-run.ts';
import type { runRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** Well under the 29 seconds after which API Gateway gives up on a request. */
const MAX_WAIT_MS = 15_000;
const POLL_MS = 100;

/**
 * Removes a run with everything that it left. A run at work is stopped first, since only a finished one writes
 * no more blobs. Rejects with NotFinishedError where stopping it takes too long.
 */
export const handle: RouteHandler<typeof runRequest> = async ({ owner, params: { runId } }, services) => {
  const { runStore } = services;
  const run = await ownedRun(runStore, owner, runId);
  if (run.status !== 'finished') {
    await runStore.requestCancel(runId);
    await waitUntilStopped(runStore, owner, runId);
  }
  await removeRun(services, owner, runId);
  return emptyAnswer();
};

async function waitUntilStopped(runStore: RunStore, owner: string, runId: RunId): Promise<void> {
  const isAbandoned = (await runStore.abandoned()).some(({ id }) => id === runId);
  if (isAbandoned) return;
  for (let waited = 0; waited < MAX_WAIT_MS; waited += POLL_MS) {
    const { status } = await ownedRun(runStore, owner, runId);
    if (status === 'finished') return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new NotFinishedError('The run was asked to stop and has not yet. Delete it again in a moment.');
}
