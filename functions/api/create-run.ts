import { createRun } from '#ports/run-store/create-run.ts';
import { jsonAnswer } from './answers.ts';
import { removeRun } from './remove-run.ts';
import type { createRunRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

const encoder = new TextEncoder();

/** Takes a program in and starts its run. The same Idempotency-Key gives the same run back. */
export const handle: RouteHandler<typeof createRunRequest> = async ({ owner, headers, body }, services) => {
  const idempotencyKey = headers['idempotency-key'];
  const { run, isNew } = await createRun(services, {
    owner,
    path: body.path,
    code: encoder.encode(body.code),
    settings: body.settings,
    ...(body.tests === undefined ? {} : { tests: encoder.encode(body.tests) }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
  try {
    // An earlier request may have stored the run and ended before it was launched; launching twice is no harm.
    if (run.status === 'queued') await services.runLauncher.launch(run.id);
  } catch (error) {
    // The caller learns of no run, so none may stay queued for ever.
    if (isNew) await removeRun(services, owner, run.id).catch(() => {});
    throw error;
  }
  return jsonAnswer(202, run, { location: `/v1/runs/${run.id}` });
};
