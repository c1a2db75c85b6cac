import { mkdirSync, writeFileSync } from 'node:fs';
import { explainFailure } from './explain-failure.mjs';
import { findPython } from './find-python.mjs';
import { installSteps } from './install-steps.mjs';
import { setupPaths } from './paths.mjs';
import { createProgress } from './progress.mjs';
import { errorCode, SetupError } from './setup-error.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { isFresh, removeStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./install-steps.mjs').InstallStep} InstallStep */

/**
 * Installs what is missing or has changed in this checkout; silent and a few milliseconds where nothing is.
 *
 * @param {{ root: string, dev: boolean, training?: import('./install-steps.mjs').TrainedModel | null, env: NodeJS.ProcessEnv, out: import('./progress.mjs').ProgressOutput }} options
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {SetupError} in one sentence, with the fix
 */
export async function setUp({ root, dev, training = null, env, out }) {
  const paths = setupPaths(root);
  const stale = () => staleSteps(installSteps(root, { dev, training, env }), paths);
  if (stale().length === 0) return false;

  const progress = createProgress(out);
  const onWait = () => progress.say('Another set-up of this folder is running: waiting for it.');
  try {
    mkdirSync(paths.state, { recursive: true });
    await withSetupLock(paths.lock, { onWait }, async () => {
      const steps = stale();
      if (steps.length === 0) return;
      // Before anything long begins: whoever lacks Python should not wait a minute to hear of it.
      if (steps.some(({ lane }) => lane === 'python')) findPython(env);

      progress.say('Setting up SGCode in this folder: once, about a minute.');
      await installAll(steps, { root, env, progress });
    });
  } catch (error) {
    throw asSetupError(error, root);
  }
  return true;
}

/**
 * @param {InstallStep[]} steps
 * @param {ReturnType<typeof setupPaths>} paths
 */
function staleSteps(steps, paths) {
  const stale = steps.filter(({ name, inputs }) => !isFresh(paths.stamp(name), inputs));
  // The test tools live in the environment that the step before them builds anew.
  const rebuilt = stale.some(({ name }) => name === 'python');
  return steps.filter((step) => stale.includes(step) || (rebuilt && step.name === 'python-dev'));
}

/**
 * @param {InstallStep[]} steps
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: ReturnType<typeof createProgress> }} context
 */
async function installAll(steps, { root, env, progress }) {
  const paths = setupPaths(root);
  const failed = new AbortController();
  const lanes = [steps.filter(({ lane }) => lane === 'npm'), steps.filter(({ lane }) => lane === 'python')];

  /** @param {InstallStep[]} lane */
  const installLane = async (lane) => {
    for (const step of lane) {
      if (failed.signal.aborted) return;
      removeStamp(paths.stamp(step.name));
      writeFileSync(paths.log(step.name), '');
      await progress.during(step.title, () => step.install({ root, env, signal: failed.signal }));
      writeStamp(paths.stamp(step.name), step.inputs);
    }
  };

  /** @type {unknown[]} */
  const errors = [];
  await Promise.all(
    lanes.map((lane) =>
      installLane(lane).catch((error) => {
        // The other lane is stopped, and what it then says about itself is not the reason.
        errors.push(error);
        failed.abort();
      }),
    ),
  );
  if (errors.length > 0) throw errors[0];
}

/**
 * The set-up's own files fail for the same reasons as those of npm and pip.
 *
 * @param {unknown} error
 * @param {string} root
 */
function asSetupError(error, root) {
  const code = errorCode(error);
  if (code === null) return error;
  const result = { code: null, signal: null, spawnError: null, output: code };
  return new SetupError(explainFailure({ name: 'npm', root, freeBytes: null }, result), { cause: error });
}
