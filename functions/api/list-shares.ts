import type { Shares } from '#domain/share.ts';
import { jsonAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import type { runRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** The links that open the report of a run, the newest first, without their tokens. */
export const handle: RouteHandler<typeof runRequest> = async (
  { owner, params: { runId } },
  { runStore, shareStore },
) => {
  await ownedRun(runStore, owner, runId);
  const document: Shares = { shares: await shareStore.list(owner, runId) };
  return jsonAnswer(200, document);
};
