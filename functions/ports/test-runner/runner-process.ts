import { spawn } from 'node:child_process';
import { RunnerFailedError, RunnerUnavailableError } from '#domain/errors.ts';
import { stoppedError } from './runner-errors.ts';

export type RunnerProcessOptions = {
  python: string;
  /** The folder that holds the `sgcode_runner` package; also the working folder of the process. */
  packageDir: string;
};

/** The account of a run is limited to 1 MB in the box; its JSON outside may be larger by escapes. */
const MAX_ANSWER_BYTES = 8_000_000;
const MAX_STDERR_CHARACTERS = 4_000;

/** bubblewrap and the tools of the box are looked up here, and nothing of our own environment is handed on. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs one request in a process of its own and returns what it wrote to stdout. The process and every box that
 * it made are gone when the promise settles. Rejects with RunnerFailedError or RunnerStoppedError.
 */
export function runOnce(
  { python, packageDir }: RunnerProcessOptions,
  request: unknown,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  if (signal.aborted) return Promise.reject(stoppedError());
  // A process group of its own; its boxes are set up to die with it.
  const child = spawn(python, ['-m', 'sgcode_runner'], {
    cwd: packageDir,
    env: { PATH, PYTHONPATH: packageDir, PYTHONNOUSERSITE: '1', PYTHONUTF8: '1' },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let failure: Error | null = null;
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';

  const stop = (reason: Error) => {
    failure ??= reason;
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  const onAbort = () => stop(stoppedError());
  const onExit = () => stop(stoppedError());
  const timer = setTimeout(
    () => stop(new RunnerFailedError(`the runner did not answer within ${timeoutMs} ms`)),
    timeoutMs,
  );
  signal.addEventListener('abort', onAbort);
  process.on('exit', onExit);

  child.on('error', (error) => {
    failure ??= startError(python, packageDir, error);
  });
  // A broken pipe shows as the end of the process.
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) stop(new RunnerFailedError('the answer of the runner is too large'));
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR_CHARACTERS);
  });
  child.on('close', (code, endedBy) => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    process.off('exit', onExit);
    if (failure) reject(failure);
    else if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
    else reject(endError(python, code, endedBy, stderr));
  });
  child.stdin.end(JSON.stringify(request));
  return promise;
}

function startError(python: string, packageDir: string, error: Error): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    return new RunnerUnavailableError(
      `no Python at ${python}, or no folder ${packageDir}: run npm start to install both`,
    );
  }
  return new RunnerFailedError(`Python at ${python} cannot be started: ${error.message}`);
}

function endError(
  python: string,
  code: number | null,
  endedBy: NodeJS.Signals | null,
  stderr: string,
): Error {
  const reason = stderr.trim().split('\n').at(-1) ?? '';
  return new RunnerFailedError(
    `the runner of ${python} ended (${endedBy ?? `status ${code}`}): ${reason.slice(0, 300)}`,
  );
}
