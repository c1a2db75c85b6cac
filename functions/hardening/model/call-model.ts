import { ModelBusyError } from '#domain/errors.ts';
import type { LoopState, StopReason } from '#domain/loop-state.ts';
import type { ModelCall } from '#domain/model-call.ts';
import type { ModelRole, ModelSettings } from '#domain/model-settings.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { ModelReply, ModelRequest } from '#ports/code-model/code-model.ts';
import { writeJson } from '#ports/json-blob.ts';
import { openModelKey } from '#ports/model-keys/model-keys.ts';
import type { ModelServices } from '#ports/services.ts';
import { type Reservation, reserve, settle } from '../spending/ledger.ts';
import type { Account } from '../spending/read-ledger.ts';
import { tokensOfFailure } from '../spending/tokens-of-failure.ts';

/** A server that asks for a longer wait than this is taken for one that does not answer. */
const MAX_WAIT_SECONDS = 120;

/** Under the time limit of the states that call a model. */
const MAX_CALL_SECONDS = 270;

export type ModelQuestion = {
  step: ModelCall['step'];
  model: { role: ModelRole; settings: ModelSettings };
  request: ModelRequest;
};

/** A reply; or why the call was not made, and whether the run is to end; or that the server asks to wait. */
export type ModelOutcome =
  | { reply: ModelReply }
  | { refused: string; stopped: StopReason | null }
  | { waitSeconds: number };

/**
 * Calls a model once, on the run's account: what it may cost is reserved before, what it did cost is settled after,
 * and what was asked and answered is kept with the run. Rejects with the errors of the `code-model` port, save where
 * a busy server says how long to wait, or with SecretUnavailableError.
 */
export async function callModel(
  state: LoopState,
  { step, model, request }: ModelQuestion,
  services: ModelServices,
): Promise<ModelOutcome> {
  const { runId, settings, iteration } = state;
  const seconds = Math.min(MAX_CALL_SECONDS, secondsLeft(state));
  if (await services.runStore.isCancelRequested(runId)) {
    return { refused: 'the run was cancelled', stopped: 'cancelled' };
  }
  if (seconds <= 0) {
    return { refused: `the run used up its ${settings.maxSeconds} seconds`, stopped: 'out-of-time' };
  }

  const account = { blobStore: services.blobStore, runId };
  const { messages, maxTokens } = request;
  const planned = { step, iteration, ...model, messages, maxTokens };
  const reservation = await reserve(account, settings.budget, planned);
  if ('refused' in reservation) return { refused: reservation.message, stopped: null };

  const started = performance.now();
  let reply: ModelReply;
  try {
    const apiKey = await openModelKey(services, { runId, role: model.role, settings, now: new Date() });
    const signal = AbortSignal.timeout(Math.ceil(seconds * 1000));
    reply = await services.codeModel.complete(request, { settings: model.settings, apiKey }, signal);
  } catch (error) {
    await settleFailure(account, reservation, error, performance.now() - started);
    const wait = error instanceof ModelBusyError ? error.retryAfterSeconds : null;
    if (wait === null || wait > Math.min(MAX_WAIT_SECONDS, secondsLeft(state))) throw error;
    return { waitSeconds: Math.max(1, Math.ceil(wait)) };
  }
  await settleReply(account, reservation, request, reply);
  return { reply };
}

async function settleReply(
  account: Account,
  reservation: Reservation,
  { messages }: ModelRequest,
  { text, finish, tokens, ms }: ModelReply,
): Promise<void> {
  await settle(account, reservation, { status: 'answered', outcome: finish, tokens, ms });
  const key = runKeys(account.runId).modelCall(reservation.number);
  await writeJson(account.blobStore, key, { messages, text, finish, tokens, ms });
}

async function settleFailure(
  account: Account,
  reservation: Reservation,
  error: unknown,
  ms: number,
): Promise<void> {
  const outcome = error instanceof Error ? error.name : 'Error';
  await settle(account, reservation, { status: 'failed', outcome, tokens: tokensOfFailure(error), ms });
}

function secondsLeft({ startedAt, settings }: LoopState): number {
  return settings.maxSeconds - (Date.now() - Date.parse(startedAt)) / 1000;
}
