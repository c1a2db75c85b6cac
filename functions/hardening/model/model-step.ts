import type { ModelStepOutput } from '#domain/loop-state.ts';
import type { ModelOutcome } from './call-model.ts';

/** A malformed answer is asked for once more with the reason, then as a whole file, and then the try has failed. */
export const MAX_TRIES = 3;

/** A server may ask that often to be called later. */
const MAX_WAITS = 3;

/** How often an answer was asked for and waited for, and the milliseconds that it took. */
export type Tried = Pick<ModelStepOutput, 'tries' | 'waits' | 'ms'>;

/** What was tried before in this state, from what it answered last. */
export function triedBefore(last: ModelStepOutput | undefined): Tried {
  return { tries: last?.tries ?? 0, waits: last?.waits ?? 0, ms: last?.ms ?? 0 };
}

/** The state's answer where the model gave none: wait and call again, or go on without. */
export function withoutReply(
  outcome: Exclude<ModelOutcome, { reply: unknown }>,
  tried: Tried,
  /** What was wrong with the last answer, which the next prompt is to say. */
  malformed: string | null,
): ModelStepOutput {
  if ('refused' in outcome) {
    return { ...modelStep('none', tried, outcome.refused), stopped: outcome.stopped };
  }
  if (tried.waits >= MAX_WAITS) {
    return modelStep('none', tried, `The model's server asked ${MAX_WAITS + 1} times to wait.`);
  }
  const waits = tried.waits + 1;
  return { ...modelStep('wait', { ...tried, waits }, malformed), waitSeconds: outcome.waitSeconds };
}

/** The state's answer. `reason` says why there is no answer of the model, or none that can be used. */
export function modelStep(
  next: ModelStepOutput['next'],
  tried: Tried,
  reason: string | null = null,
): ModelStepOutput {
  return { next, waitSeconds: 0, reason: reason?.slice(0, 500) ?? null, stopped: null, ...tried };
}
