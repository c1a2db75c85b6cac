import {
  AddressForbiddenError,
  ModelAnswerError,
  ModelBusyError,
  ModelRefusedError,
  ModelTimeoutError,
} from '#domain/errors.ts';
import type { ModelTest } from '#domain/known-models.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import { costOf, priceOf } from '#ports/model-prices/prices.ts';
import { jsonAnswer } from './answers.ts';
import type { createModelTestRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** As few as a call can ask for and still show that a model answers. */
const MAX_TOKENS = 16;

/** Well under the 29 seconds after which API Gateway gives up on a request. */
const PATIENCE_MS = 20_000;

/** Asks a model for a few tokens, with the caller's key. That it does not answer is an answer. */
export const handle: RouteHandler<typeof createModelTestRequest> = async (
  { headers, body: { model } },
  { codeModel },
) => jsonAnswer(200, await testModel(codeModel, model, headers['sgcode-model-key'] ?? null));

const modelErrors = [
  ModelBusyError,
  ModelRefusedError,
  ModelTimeoutError,
  ModelAnswerError,
  AddressForbiddenError,
] as const;

async function testModel(
  codeModel: CodeModel,
  settings: ModelSettings,
  apiKey: string | null,
): Promise<ModelTest> {
  const started = performance.now();
  const request = {
    messages: [{ role: 'user' as const, content: 'Write the Python expression for one plus one.' }],
    maxTokens: MAX_TOKENS,
  };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { tokens, ms } = await codeModel.complete(request, { settings, apiKey }, signal);
    return {
      isWorking: true,
      message: 'The model answers.',
      tokens,
      costUsd: costOf(tokens, priceOf(settings)),
      ms,
    };
  } catch (error) {
    // The port's own errors say what to do, and hold nothing that the server sent.
    if (!isOfModel(error)) throw error;
    const { message } = error;
    return { isWorking: false, message, tokens: null, costUsd: null, ms: performance.now() - started };
  }
}

function isOfModel(error: unknown): error is Error {
  return modelErrors.some((kind) => error instanceof kind);
}
