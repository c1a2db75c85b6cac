import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environmentWithBinaries, pinnedNodeBinary } from './npm.mjs';
import { CHECKOUT, setupPaths } from './paths.mjs';
import { setUp } from './set-up.mjs';
import { SetupError } from './setup-error.mjs';

const INTERRUPTIONS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Sets the checkout up, then runs a script of it under Node 24, in this process where it is that Node already.
 * Arguments: `[--dev | --training | --safecoder] SCRIPT ARGUMENT...`; `--dev` installs what the tests need too,
 * `--training` what training the gGAN needs, `--safecoder` what tuning a SafeCoder model needs.
 *
 * @param {string[]} argv
 */
export async function setUpAndRun(argv) {
  const dev = argv[0] === '--dev';
  const training = trainedModel(argv[0]);
  const [script, ...args] = dev || training !== null ? argv.slice(1) : argv;
  try {
    if (process.platform === 'win32') {
      throw new SetupError('SGCode runs on Linux and macOS: on Windows, run it in WSL.');
    }
    const installed = await interruptible(() =>
      setUp({ root: CHECKOUT, dev, training, env: process.env, out: process.stderr }),
    );
    if (script === undefined) return;
    if (!installed && isPinnedNode()) await runHere(script, args);
    else await runUnderPinnedNode(script, args);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const log =
      error.logFile === undefined ? '' : `\nThe full log is in ${relative(process.cwd(), error.logFile)}.`;
    process.stderr.write(`\n${error.message}${log}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {string | undefined} flag
 * @returns {import('./install-steps.mjs').TrainedModel | null}
 */
function trainedModel(flag) {
  if (flag === '--training') return 'ggan';
  return flag === '--safecoder' ? 'safecoder' : null;
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
async function interruptible(work) {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    process.stderr.write('\nThe set-up was interrupted; the next start does again what is half done.\n');
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of INTERRUPTIONS) process.once(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of INTERRUPTIONS) process.off(signal, stop);
  }
}

function isPinnedNode() {
  const pinned = pinnedNodeBinary(CHECKOUT);
  return existsSync(pinned) && realpathSync(pinned) === realpathSync(process.execPath);
}

/**
 * @param {string} script
 * @param {string[]} args
 */
async function runHere(script, args) {
  const file = resolve(CHECKOUT, script);
  process.argv = [process.execPath, file, ...args];
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.(setupPaths(CHECKOUT).compileCache);
  await import(pathToFileURL(file).href);
}

/**
 * @param {string} script
 * @param {string[]} args
 */
async function runUnderPinnedNode(script, args) {
  const child = spawn(setupPaths(CHECKOUT).node, [resolve(CHECKOUT, script), ...args], {
    stdio: 'inherit',
    env: {
      ...environmentWithBinaries(process.env, CHECKOUT),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? setupPaths(CHECKOUT).compileCache,
    },
  });
  // A terminal sends its interrupt to both; the script decides, and this process tells how it ended.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  const [code, signal] = await new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (...ending) => settle(ending));
  });
  process.exitCode = code ?? 128 + (signal ? constants.signals[/** @type {NodeJS.Signals} */ (signal)] : 0);
}
