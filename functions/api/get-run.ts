import { jsonAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import type { runRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

export const handle: RouteHandler<typeof runRequest> = async ({ owner, params }, { runStore }) =>
  jsonAnswer(200, await ownedRun(runStore, owner, params.runId));
