import { jsonAnswer } from './answers.ts';
import type { emptyRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

const NO_RUN = '0'.repeat(32);

/** Whether runs can be taken in: the run store answers. Rejects with StoreUnavailableError where it does not. */
export const handle: RouteHandler<typeof emptyRequest> = async (_request, { runStore }) => {
  await runStore.get(null, NO_RUN);
  return jsonAnswer(200, { status: 'ok' });
};
