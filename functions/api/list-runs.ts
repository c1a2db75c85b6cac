import { jsonAnswer } from './answers.ts';
import type { listRunsRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** The owner's runs, the newest first; `next` is the cursor of the page after. */
export const handle: RouteHandler<typeof listRunsRequest> = async ({ owner, query }, { runStore }) => {
  const page = await runStore.list(owner, { limit: query.limit, after: query.cursor ?? null });
  return jsonAnswer(200, page);
};
