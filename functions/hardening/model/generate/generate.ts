import { randomBytes } from 'node:crypto';
import { checkCode } from '#domain/check-code.ts';
import { InvalidInputError, ModelAnswerError } from '#domain/errors.ts';
import type { MachineDocument, ModelStepOutput } from '#domain/loop-state.ts';
import { modelFor } from '#domain/model-choice.ts';
import { StoredPromptSchema } from '#domain/prompt.ts';
import { readJson } from '#ports/json-blob.ts';
import type { ModelServices } from '#ports/services.ts';
import { recordEvents } from '../../run-events.ts';
import { readAnswer } from '../answers/read-answer.ts';
import { callModel } from '../call-model.ts';
import { MAX_TRIES, modelStep, triedBefore, withoutReply } from '../model-step.ts';
import { withoutFences } from '../prompts/fence.ts';
import { generatePrompt } from '../prompts/generate-prompt.ts';

/** A whole program; SafeCoder's models were tuned on far less. */
const MAX_ANSWER_TOKENS = 4096;

/**
 * Writes the code that a prompt asks for: the original of the run. An answer without code is asked for again with
 * the reason. Rejects with ModelAnswerError where there is none after all, or as `callModel` does.
 */
export async function generate(document: MachineDocument, services: ModelServices): Promise<ModelStepOutput> {
  const started = performance.now();
  const { state, generated } = document;
  const before = triedBefore(generated);
  const tried = (tries = before.tries) => ({
    ...before,
    tries,
    ms: before.ms + performance.now() - started,
  });
  const model = modelFor(state.settings, 'generate');
  if (state.promptKey === null || model === null) {
    throw new InvalidInputError('Generate needs a prompt and a model to write from it');
  }
  await services.runStore.recordProgress(state.runId, { step: 'Generate', iteration: state.iteration });
  await recordEvents(services, state, [{ step: 'Generate', note: `${model.settings.name} is asked` }]);
  const { prompt } = await readJson(services.blobStore, state.promptKey, StoredPromptSchema);
  const boundary = randomBytes(8).toString('hex');
  const { messages, restore } = generatePrompt({
    prompt,
    template: model.settings.template,
    malformed: generated?.reason ?? null,
    boundary,
  });

  const request = { messages, maxTokens: MAX_ANSWER_TOKENS, boundary };
  const outcome = await callModel(state, { step: 'Generate', model, request }, services);
  if (!('reply' in outcome)) return withoutReply(outcome, tried(), generated?.reason ?? null);
  const reply = { ...outcome.reply, text: withoutFences(boundary, outcome.reply.text) };
  const read = await readAnswer(reply, 'whole', restore);
  if ('malformed' in read) {
    const tries = before.tries + 1;
    if (tries < MAX_TRIES) return modelStep('again', tried(tries), read.malformed);
    throw new ModelAnswerError(`The model gave no code that can be used: ${read.malformed}`);
  }
  const code = new TextEncoder().encode(read.answer.code);
  checkCode(code);
  await services.blobStore.put(state.originalKey, code);
  return modelStep('answer', tried(before.tries + 1));
}
