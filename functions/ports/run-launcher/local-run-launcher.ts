import { StoreUnavailableError } from '#domain/errors.ts';
import type { RunId } from '#domain/loop-state.ts';
import type { RunLauncher } from './run-launcher.ts';

export type LocalRunLauncherOptions = {
  /** Executes a run to its report; what it rejects with has nobody to go to and is dropped. */
  execute: (runId: RunId) => Promise<void>;
  /** Runs at work at once; more wait in their order. */
  concurrency: number;
};

/** Executes runs in this process. */
export type LocalRunLauncher = RunLauncher & {
  /** Starts nothing more and waits for the runs at work. Those that wait stay queued in the run store. */
  close(): Promise<void>;
};

export function createLocalRunLauncher({ execute, concurrency }: LocalRunLauncherOptions): LocalRunLauncher {
  const known = new Set<RunId>();
  const waiting: RunId[] = [];
  const atWork = new Set<Promise<void>>();
  let isClosed = false;

  const startNext = () => {
    const runId = atWork.size < concurrency ? waiting.shift() : undefined;
    if (runId === undefined) return;
    const work = execute(runId)
      .catch(() => {})
      .finally(() => {
        known.delete(runId);
        atWork.delete(work);
        startNext();
      });
    atWork.add(work);
  };

  return {
    async launch(runId) {
      if (isClosed) throw new StoreUnavailableError('the server is stopping');
      if (known.has(runId)) return;
      known.add(runId);
      waiting.push(runId);
      startNext();
    },
    async close() {
      isClosed = true;
      waiting.length = 0;
      await Promise.all(atWork);
    },
  };
}
