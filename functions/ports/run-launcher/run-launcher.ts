import type { RunId } from '#domain/loop-state.ts';

/** Starts the execution of runs. */
export type RunLauncher = {
  /**
   * Starts a queued run and returns at once. Launching a run twice executes it once.
   * Rejects with StoreUnavailableError where nothing can be started.
   */
  launch(runId: RunId): Promise<void>;
};
