import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { errorCode } from './setup-error.mjs';

const KEPT_BYTES = 200_000;
const GRACE_MS = 1_000;

/**
 * @typedef {{ command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, logFile: string, signal?: AbortSignal }} LoggedCommand
 * @typedef {{ code: number | null, signal: string | null, spawnError: string | null, output: string }} LoggedResult
 */

/**
 * Runs a command without a terminal or standard input, appends all that it prints to the log, and returns how it
 * ended with the last 200,000 characters of its output. It never throws: a command that cannot be started comes
 * back with `spawnError`.
 *
 * @param {LoggedCommand} command
 * @returns {Promise<LoggedResult>}
 */
export async function runLogged({ command, args, cwd, env, logFile, signal }) {
  const log = createWriteStream(logFile, { flags: 'a' });
  // On a full disk the log itself fails; the output kept in memory still tells why.
  log.on('error', () => {});
  log.write(`$ ${[command, ...args].join(' ')}\n`);

  let output = '';
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_BYTES);
    log.write(chunk);
  };

  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => {
    killGroup(child.pid, 'SIGTERM');
    setTimeout(() => child.exitCode === null && killGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
  };
  signal?.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);

  try {
    const [code, signalName] = await once(child, 'close');
    return { code, signal: signalName, spawnError: null, output };
  } catch (error) {
    return { code: null, signal: null, spawnError: errorCode(error) ?? String(error), output };
  } finally {
    signal?.removeEventListener('abort', stop);
    process.off('exit', stop);
    // Whoever is told of the log may read it at once.
    await new Promise((settle) => log.end(settle));
  }
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
