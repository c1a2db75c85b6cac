import { randomBytes } from 'node:crypto';
import { InvalidInputError } from '#domain/errors.ts';
import type { MachineDocument, ModelStepOutput } from '#domain/loop-state.ts';
import { modelFor } from '#domain/model-choice.ts';
import type { ModelAnswer } from '#domain/repair.ts';
import { writeJson } from '#ports/json-blob.ts';
import type { ModelServices } from '#ports/services.ts';
import { recordEvents } from '../../run-events.ts';
import { readAnswer, readDescription } from '../answers/read-answer.ts';
import { callModel } from '../call-model.ts';
import { MAX_TRIES, modelStep, triedBefore, withoutReply } from '../model-step.ts';
import { withoutFences } from '../prompts/fence.ts';
import { gatherRepairMaterial } from './repair-material.ts';
import { repairQuestion } from './repair-question.ts';

/**
 * Asks a model to repair the code, with one call for all that is to be mended, and keeps its answer for PutBack. A
 * malformed answer is asked for again with the reason, then as a whole file; then the try has failed. Rejects as
 * `callModel` does.
 */
export async function repair(document: MachineDocument, services: ModelServices): Promise<ModelStepOutput> {
  const started = performance.now();
  const { state, plan } = document;
  const model = modelFor(state.settings, 'repair');
  if (!plan || model === null) throw new InvalidInputError('Repair needs a plan and a model');
  await services.runStore.recordProgress(state.runId, { step: 'Repair', iteration: state.iteration });
  await recordEvents(services, state, [{ step: 'Repair', note: `${model.settings.name} is asked` }]);

  const before = triedBefore(document.repair);
  const tried = (tries = before.tries) => ({
    ...before,
    tries,
    ms: before.ms + performance.now() - started,
  });
  const malformed = malformedBefore(document);
  if (before.tries >= MAX_TRIES) return modelStep('none', tried(), malformed);

  const material = await gatherRepairMaterial(state, plan, services);
  const boundary = randomBytes(8).toString('hex');
  const question = await repairQuestion(material, { tries: before.tries, malformed, boundary });
  const { messages, maxTokens } = question;
  const request = { messages, maxTokens, boundary };
  const outcome = await callModel(state, { step: 'Repair', model, request }, services);
  if (!('reply' in outcome)) return withoutReply(outcome, tried(), malformed);

  const reply = { ...outcome.reply, text: withoutFences(boundary, outcome.reply.text) };
  const tries = before.tries + 1;
  const read = reply.text.includes(boundary)
    ? { malformed: 'it holds the mark that stands around data' }
    : question.asksFor === 'description'
      ? readDescription(reply)
      : await readAnswer(reply, question.form, question.restore, question.names);
  if ('malformed' in read) {
    return modelStep(tries < MAX_TRIES ? 'again' : 'none', tried(tries), read.malformed);
  }
  if ('description' in read) {
    await writeJson(services.blobStore, material.descriptionKey, read);
    return modelStep('again', tried());
  }
  await writeJson(services.blobStore, plan.answerKey, read.answer satisfies ModelAnswer);
  return modelStep('answer', tried(tries));
}

/** What was wrong with the last answer, whether it was seen here or when it was put back. */
function malformedBefore({ repair: last, putBack }: MachineDocument): string | null {
  if (last?.next === 'again' || last?.next === 'wait') return last.reason;
  return putBack?.outcome === 'malformed' ? putBack.reason : null;
}
