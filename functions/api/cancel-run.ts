import { jsonAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import type { runRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** Asks a run to stop: 202 while it has yet to, 200 where it was finished before. */
export const handle: RouteHandler<typeof runRequest> = async ({ owner, params }, { runStore }) => {
  await ownedRun(runStore, owner, params.runId);
  await runStore.requestCancel(params.runId);
  const run = await ownedRun(runStore, owner, params.runId);
  return jsonAnswer(run.status === 'finished' ? 200 : 202, run);
};
