import type { ApiKeys } from '#domain/api-key.ts';
import { InvalidInputError } from '#domain/errors.ts';
import { createRun, type ProgramSource } from '#ports/run-store/create-run.ts';
import { jsonAnswer } from './answers.ts';
import { REPLAYED } from './quotas.ts';
import { removeRun } from './remove-run.ts';
import type { createRunRequest } from './requests.ts';
import type { RouteHandler, RouteRequest } from './route.ts';

const encoder = new TextEncoder();

type Request = RouteRequest<typeof createRunRequest>;

/** Takes a program or a prompt in and starts its run. The same Idempotency-Key gives the same run back. */
export const handle: RouteHandler<typeof createRunRequest> = async ({ owner, headers, body }, services) => {
  const idempotencyKey = headers['idempotency-key'];
  const { run, isNew } = await createRun(services, {
    owner,
    path: body.path,
    ...sourceOf(body),
    settings: settingsOf(body),
    apiKeys: keysOf(headers),
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
  return jsonAnswer(202, run, {
    location: `/v1/runs/${run.id}`,
    ...(isNew ? {} : { [REPLAYED]: 'true' }),
  });
};

function sourceOf({ code, prompt }: Request['body']): ProgramSource {
  if (code !== undefined) return { code: encoder.encode(code) };
  if (prompt !== undefined) return { prompt };
  throw new InvalidInputError('A run takes either code or a prompt.');
}

function settingsOf({ settings: { mechanism, ...settings } }: Request['body']) {
  return mechanism === undefined ? settings : { ...settings, mechanism };
}

function keysOf(headers: Request['headers']): ApiKeys {
  const { 'sgcode-model-key': general, 'sgcode-safecoder-key': safecoder } = headers;
  return {
    ...(general === undefined ? {} : { general }),
    ...(safecoder === undefined ? {} : { safecoder }),
  };
}
