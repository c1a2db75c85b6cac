import type { LoopState } from '#domain/loop-state.ts';
import { mechanisms } from '#domain/mechanism.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';

/** The document that enters the state machine. */
export function initialDocument(
  run: Pick<Run, 'id' | 'settings' | 'hasTests' | 'input'>,
  startedAt: Date,
): { state: LoopState } {
  const { original, tests, prompt } = runKeys(run.id);
  return {
    state: {
      runId: run.id,
      settings: run.settings,
      startedAt: startedAt.toISOString(),
      promptKey: run.input === 'prompt' ? prompt : null,
      originalKey: original,
      testsKey: run.hasTests ? tests : null,
      bestKey: original,
      acceptedEditsKey: null,
      iteration: 1,
      turn: mechanisms[run.settings.mechanism].operators ? 'edits' : 'repair',
      mode: 'together',
      attempt: 1,
    },
  };
}
