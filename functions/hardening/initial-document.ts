import type { LoopState } from '#domain/loop-state.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';

/** The document that enters the state machine. */
export function initialDocument(
  run: Pick<Run, 'id' | 'settings' | 'hasTests'>,
  startedAt: Date,
): { state: LoopState } {
  const { original, tests } = runKeys(run.id);
  return {
    state: {
      runId: run.id,
      settings: run.settings,
      startedAt: startedAt.toISOString(),
      originalKey: original,
      testsKey: run.hasTests ? tests : null,
      bestKey: original,
      acceptedEditsKey: null,
      iteration: 1,
      mode: 'together',
      attempt: 1,
    },
  };
}
