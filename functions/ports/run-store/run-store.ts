import type { RunId, RunSettings } from '#domain/loop-state.ts';
import type { Run, RunInput, RunOutcome, RunPage, RunProgress } from '#domain/run.ts';

export type NewRun = {
  id: RunId;
  /** Who may see it: an API key's id, a browser session, or `local`. */
  owner: string;
  path: string;
  settings: RunSettings;
  input: RunInput;
  hasTests: boolean;
  createdAt: string;
  /** The caller's own key for this request: sending it again gives the same run back. */
  idempotency?: { key: string; requestHash: string };
};

/**
 * What is known of each run, its code and report aside. An owner of null stands for the system itself, which
 * sees every run; a run of another owner is as if it were not there.
 * Everything rejects with StoreUnavailableError when the store cannot be read or written.
 */
export type RunStore = {
  /**
   * Adds a queued run and returns it with `isNew`. An idempotency key that this owner used before gives the
   * earlier run back when the request was the same, and rejects with ConflictError when it was not.
   */
  create(run: NewRun): Promise<{ run: Run; isNew: boolean }>;
  get(owner: string | null, id: RunId): Promise<Run | null>;
  /** The newest first. Rejects with InvalidInputError for a cursor that `list` did not give. */
  list(owner: string, options: { limit: number; after?: string | null }): Promise<RunPage>;
  /** The following three do nothing for a run that is gone or finished. */
  markRunning(id: RunId): Promise<void>;
  recordProgress(id: RunId, progress: RunProgress): Promise<void>;
  requestCancel(id: RunId): Promise<void>;
  /** True as well for a run that was deleted: nobody waits for it. */
  isCancelRequested(id: RunId): Promise<boolean>;
  /** The first outcome stays. Returns whether this was the first. */
  finish(id: RunId, outcome: RunOutcome): Promise<boolean>;
  /** Unfinished runs that nothing works on any more, because what worked on them is gone. */
  abandoned(): Promise<Run[]>;
  /** Returns whether it was there. */
  delete(owner: string, id: RunId): Promise<boolean>;
};
