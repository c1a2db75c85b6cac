import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { InvalidInputError, WorkerLostError } from '#domain/errors.ts';
import {
  type WorkerInput,
  type WorkerOutput,
  type WorkerStepName,
  workerSteps,
} from '#domain/worker-steps.ts';
import type { Worker, WorkerRunOptions, WorkerStats } from './worker.ts';
import { type Answer, outputOf } from './worker-answer.ts';
import { WorkerProcess } from './worker-process.ts';

export type ProcessWorkerOptions = {
  /** The interpreter of the worker's virtual environment. */
  python: string;
  /** The folder that holds the `sgcode_worker` package. */
  packageDir: string;
  /** The folder of the file blob store. */
  blobDir: string;
  /** The most processes at once; each starts when it is first needed. */
  size?: number;
  /** Time limit of one request, unless the request brings its own. */
  timeoutMs?: number;
  /** Address space of one process, in MiB. */
  memoryMb?: number;
  /** A process is replaced after this many requests. */
  recycleAfter?: number;
  /** A process is replaced when more than this is resident after a request, in MiB. */
  recycleAboveMb?: number;
  /** Pass on the worker's stderr, traces with the user's code included. */
  debug?: boolean;
};

type Job = {
  request: { id: number; step: WorkerStepName; input: unknown };
  timeoutMs: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/** The worker as a small pool of warm processes. Requests beyond its size wait in their order. */
export function createProcessWorker(options: ProcessWorkerOptions): Worker {
  const { timeoutMs = 30_000 } = options;
  const pool = new Pool(options);
  let lastId = 0;
  return {
    async run<S extends WorkerStepName>(step: S, input: WorkerInput<S>, run: WorkerRunOptions = {}) {
      const parsed = workerSteps[step].input.safeParse(input);
      if (!parsed.success) throw new InvalidInputError(explain(step, parsed.error));
      lastId += 1;
      const request = { id: lastId, step, input: parsed.data };
      const answer = await pool.take(request, run.timeoutMs ?? timeoutMs);
      return outputOf(step, answer) as WorkerOutput<S>;
    },
    stats: () => pool.stats(),
    close: () => pool.close(),
  };
}

class Pool {
  #options: Required<Omit<ProcessWorkerOptions, 'timeoutMs'>>;
  #alive = new Set<WorkerProcess>();
  /** Processes that were told to end: their place is free, but close() still waits for them. */
  #leaving = new Set<WorkerProcess>();
  #idle: WorkerProcess[] = [];
  #waiting: Job[] = [];
  #closed = false;
  #started = 0;
  #answered = 0;
  #peakRssMb: number | null = null;
  #onExit = () => this.#killAll();

  constructor(options: ProcessWorkerOptions) {
    this.#options = {
      size: Math.min(2, availableParallelism()),
      memoryMb: 1024,
      recycleAfter: 1000,
      recycleAboveMb: 256,
      debug: false,
      ...options,
      packageDir: resolve(options.packageDir),
      blobDir: resolve(options.blobDir),
    };
    process.on('exit', this.#onExit);
  }

  take(request: Job['request'], timeoutMs: number): Promise<Answer> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, timeoutMs, resolve, reject });
      this.#assign();
    });
  }

  stats(): WorkerStats {
    return {
      alive: this.#alive.size,
      started: this.#started,
      answered: this.#answered,
      peakRssMb: this.#peakRssMb,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    process.off('exit', this.#onExit);
    for (const job of this.#waiting.splice(0)) job.reject(closedError());
    this.#killAll();
    await Promise.all(this.#all().map((each) => each.ended));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const free = this.#idle.pop() ?? this.#start();
      if (!free) return;
      const job = this.#waiting.shift();
      if (job) void this.#serve(free, job);
    }
  }

  async #serve(free: WorkerProcess, job: Job): Promise<void> {
    try {
      const answer = await free.send(job.request, job.timeoutMs);
      this.#answered += 1;
      job.resolve(answer);
    } catch (error) {
      job.reject(error);
    }
    this.#release(free);
    this.#assign();
  }

  #start(): WorkerProcess | undefined {
    if (this.#closed || this.#alive.size >= this.#options.size) return undefined;
    const started = new WorkerProcess(this.#options);
    this.#started += 1;
    this.#alive.add(started);
    void started.ended.then(() => {
      this.#forget(started);
      this.#assign();
    });
    return started;
  }

  #release(served: WorkerProcess): void {
    const memory = readMemory(served.pid);
    if (memory) this.#peakRssMb = Math.max(this.#peakRssMb ?? 0, memory.peakMb);
    const { recycleAfter, recycleAboveMb } = this.#options;
    const isUsedUp = served.answered >= recycleAfter || (memory?.nowMb ?? 0) > recycleAboveMb;
    if (!served.hasEnded && !isUsedUp && !this.#closed) {
      this.#idle.push(served);
      return;
    }
    this.#alive.delete(served);
    if (served.hasEnded) return;
    this.#leaving.add(served);
    served.retire();
  }

  #forget(ended: WorkerProcess): void {
    this.#alive.delete(ended);
    this.#leaving.delete(ended);
    this.#idle = this.#idle.filter((each) => each !== ended);
  }

  #all(): WorkerProcess[] {
    return [...this.#alive, ...this.#leaving];
  }

  #killAll(): void {
    for (const each of this.#all()) each.kill(closedError());
  }
}

function explain(step: WorkerStepName, error: z.ZodError): string {
  return `${step}: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
}

function closedError(): Error {
  return new WorkerLostError('the worker was closed');
}

/** Resident memory of a process in MiB, now and at most; null where there is no /proc. */
function readMemory(pid: number | undefined): { nowMb: number; peakMb: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = (name: string) =>
      Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0);
    return { nowMb: kilobytes('VmRSS') / 1024, peakMb: kilobytes('VmHWM') / 1024 };
  } catch {
    return null;
  }
}
