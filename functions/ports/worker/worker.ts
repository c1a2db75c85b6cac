import type { WorkerInput, WorkerOutput, WorkerStepName } from '#domain/worker-steps.ts';

export type WorkerRunOptions = {
  /** From the moment a process takes the request; waiting for a free one does not count. */
  timeoutMs?: number;
};

export type WorkerStats = {
  /** Processes alive now. */
  alive: number;
  /** Processes started so far: more than `alive` after a crash, a time-out or a recycling. */
  started: number;
  /** Requests answered, errors included. */
  answered: number;
  /** The most memory that one process had resident, in MiB; null where the system does not tell. */
  peakRssMb: number | null;
};

/** The Python worker: analyzers, operators and gates. It parses user code and never runs it. */
export type Worker = {
  /**
   * Runs one step and returns its parsed output. Rejects with InvalidInputError, InputTooLargeError,
   * NotFoundError, StoreUnavailableError or WorkerFailedError as the worker says; WorkerTimeoutError when
   * it was stopped at its time limit; WorkerLostError when it ended before it answered.
   */
  run<S extends WorkerStepName>(
    step: S,
    input: WorkerInput<S>,
    options?: WorkerRunOptions,
  ): Promise<WorkerOutput<S>>;
  stats(): WorkerStats;
  /** Stops the worker; what is under way or waiting rejects with WorkerLostError. Idempotent. */
  close(): Promise<void>;
};
