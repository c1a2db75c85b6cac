import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { WorkerFailedError, WorkerLostError, WorkerTimeoutError } from '#domain/errors.ts';
import { type Answer, parseAnswer } from './worker-answer.ts';

export type WorkerProcessOptions = {
  python: string;
  /** The folder that holds the `sgcode_worker` package; also the working folder of the process. */
  packageDir: string;
  blobDir: string;
  /** Address space of the process, in MiB. */
  memoryMb: number;
  /** Pass on what the worker writes to stderr, traces with the user's code included. */
  debug: boolean;
};

/** Answers are a few hundred bytes, and a few KB for `describe`. */
const MAX_ANSWER_CHARACTERS = 1_000_000;
const MAX_STDERR_CHARACTERS = 4_000;

type Pending = {
  id: number;
  step: string;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
};

/** One Python process with at most one request in flight. It keeps Node alive only while it has one. */
export class WorkerProcess {
  readonly ended: Promise<void>;
  #child: ChildProcessWithoutNullStreams;
  #python: string;
  #debug: boolean;
  #decoder = new StringDecoder('utf8');
  #line = '';
  #stderr = '';
  #pending: Pending | null = null;
  #failure: Error | null = null;
  #answered = 0;
  #hasEnded = false;

  constructor(options: WorkerProcessOptions) {
    this.#python = options.python;
    this.#debug = options.debug;
    // Its own process group, so that it can be ended with whatever it started, and so that Ctrl-C in the
    // terminal reaches us alone. Its own working folder, because Python looks for modules there.
    this.#child = spawn(options.python, ['-m', 'sgcode_worker'], {
      cwd: options.packageDir,
      env: environmentFor(options),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#child.on('error', (error) => {
      if (this.#child.pid !== undefined) return;
      this.#failure ??= new WorkerFailedError(startMessage(options, error));
      this.#end(null, null);
      resolve();
    });
    this.#child.on('close', (code, signal) => {
      this.#end(code, signal);
      resolve();
    });
    // A broken pipe shows as the end of the process, which is answered there.
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#readStderr(chunk));
    this.#keepNodeAlive(false);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** How many requests it has answered. */
  get answered(): number {
    return this.#answered;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Sends one request; a second one before the answer is a programming error. */
  send(request: { id: number; step: string; input: unknown }, timeoutMs: number): Promise<Answer> {
    if (this.#pending) throw new Error('a worker process takes one request at a time');
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      this.kill(new WorkerTimeoutError(`the worker did not finish ${request.step} within ${timeoutMs} ms`));
    }, timeoutMs);
    this.#pending = { id: request.id, step: request.step, resolve, reject, timer };
    this.#keepNodeAlive(true);
    if (this.#hasEnded) this.#end(null, null);
    else this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return promise;
  }

  /** Lets an idle process end by itself: its stdin ends. */
  retire(): void {
    this.#child.stdin.end();
  }

  /** Ends the process and its group at once; a request in flight rejects with `reason`. */
  kill(reason: Error): void {
    this.#failure ??= reason;
    if (this.#hasEnded || this.#child.pid === undefined) return;
    // Whoever waits for `ended` would else wait in a process with nothing to do, which Node ends.
    this.#keepNodeAlive(true);
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL');
    }
  }

  #read(chunk: Buffer): void {
    this.#line += this.#decoder.write(chunk);
    const end = this.#line.indexOf('\n');
    if (end === -1) {
      if (this.#line.length > MAX_ANSWER_CHARACTERS) this.#breakOff('is longer than its limit');
      return;
    }
    const answer = parseAnswer(this.#line.slice(0, end));
    const isLast = end === this.#line.length - 1;
    this.#line = '';
    const pending = this.#pending;
    if (!answer || !isLast || !pending || answer.id !== pending.id) {
      this.#breakOff('does not follow the protocol');
      return;
    }
    this.#answered += 1;
    this.#settle(pending);
    pending.resolve(answer);
  }

  #breakOff(why: string): void {
    const step = this.#pending?.step ?? 'no request';
    this.kill(new WorkerFailedError(`the worker's answer to ${step} ${why}`));
  }

  #readStderr(chunk: Buffer): void {
    this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-MAX_STDERR_CHARACTERS);
    if (this.#debug) process.stderr.write(chunk);
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    this.#hasEnded = true;
    const pending = this.#pending;
    if (!pending) return;
    this.#settle(pending);
    pending.reject(this.#failure ?? this.#lost(pending.step, code, signal));
  }

  #lost(step: string, code: number | null, signal: NodeJS.Signals | null): Error {
    // Before its first answer a status of its own choice means that Python or the package is not as it should be.
    if (code && this.#answered === 0) {
      const reason = this.#stderr.trim().split('\n').at(-1) ?? '';
      return new WorkerFailedError(
        `the worker did not start with ${this.#python} (status ${code}): ${reason.slice(0, 300)}`,
      );
    }
    const how = signal ?? (code === null ? 'already' : `status ${code}`);
    return new WorkerLostError(`the worker ended (${how}) before it answered ${step}`);
  }

  #settle(pending: Pending): void {
    clearTimeout(pending.timer);
    this.#pending = null;
    this.#keepNodeAlive(false);
  }

  #keepNodeAlive(alive: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    const pipes = [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
    for (const handle of [this.#child, ...pipes]) {
      if (alive) handle.ref();
      else handle.unref();
    }
  }
}

/** All that the worker sees: nothing of our own environment, which may hold secrets. */
function environmentFor(options: WorkerProcessOptions): NodeJS.ProcessEnv {
  return {
    PYTHONPATH: options.packageDir,
    PYTHONNOUSERSITE: '1',
    PYTHONUTF8: '1',
    SGCODE_BLOB_DIR: options.blobDir,
    SGCODE_WORKER_MEMORY_MB: String(options.memoryMb),
    ...(options.debug ? { SGCODE_DEBUG: '1' } : {}),
  };
}

function startMessage({ python, packageDir }: WorkerProcessOptions, error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return `no Python at ${python}, or no folder ${packageDir}: run npm start to install both`;
  return `Python at ${python} cannot be started: ${error.message}`;
}
