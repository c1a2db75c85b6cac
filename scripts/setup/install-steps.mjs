import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from './explain-failure.mjs';
import { findPython } from './find-python.mjs';
import { npmCommand, npmEnvironment, pinnedNodeVersion } from './npm.mjs';
import { setupPaths } from './paths.mjs';
import { runLogged } from './run-logged.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * One thing that is installed once: `inputs` tell when it must be done again, `install` does it from nothing.
 *
 * @typedef {{ root: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} InstallContext
 * @typedef {{
 *   name: string,
 *   title: string,
 *   lane: 'npm' | 'python',
 *   inputs: import('./stamp.mjs').StampInputs,
 *   install: (context: InstallContext) => Promise<void>,
 * }} InstallStep
 */

const REQUIREMENTS = 'functions/worker/requirements.txt';
const DEV_REQUIREMENTS = 'functions/worker/requirements-dev.txt';
const RUNNER_REQUIREMENTS = 'functions/test-runner/requirements.txt';
const EMULATOR_REQUIREMENTS = 'scripts/emulator/requirements.txt';

/** The environments in which models are trained: one for each, because what one needs is large. */
const TRAININGS = {
  ggan: { name: 'training', folder: '.venv-training', requirements: 'models/ggan/training/requirements.txt' },
  safecoder: {
    name: 'safecoder',
    folder: '.venv-safecoder',
    requirements: 'models/safecoder/training/requirements.txt',
  },
};

/** @typedef {keyof typeof TRAININGS} TrainedModel */

/**
 * The steps for this checkout, in order within each lane; lanes do not depend on each other.
 *
 * @param {string} root
 * @param {{ dev: boolean, training?: TrainedModel | null, env: NodeJS.ProcessEnv }} options `dev` adds what the
 *   tests need, `training` what training that model needs
 * @returns {InstallStep[]}
 */
export function installSteps(root, { dev, training = null, env }) {
  const steps = [npmStep(root), environmentStep(root, env, 'python', '.venv', REQUIREMENTS)];
  if (dev) steps.push(devStep(root, env));
  if (existsSync(join(root, RUNNER_REQUIREMENTS))) {
    steps.push(environmentStep(root, env, 'runner', '.venv-runner', RUNNER_REQUIREMENTS));
  }
  if (dev && existsSync(join(root, EMULATOR_REQUIREMENTS))) {
    steps.push(environmentStep(root, env, 'emulator', '.venv-emulator', EMULATOR_REQUIREMENTS));
  }
  if (training) {
    const { name, folder, requirements } = TRAININGS[training];
    steps.push(environmentStep(root, env, name, folder, requirements));
  }
  return steps;
}

/**
 * @param {string} root
 * @returns {InstallStep}
 */
function npmStep(root) {
  const { dependencies, devDependencies, optionalDependencies, allowScripts } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const paths = setupPaths(root);
  return {
    name: 'npm',
    title: 'npm packages and Node 24',
    lane: 'npm',
    inputs: {
      files: [join(root, 'package-lock.json')],
      facts: [JSON.stringify({ dependencies, devDependencies, optionalDependencies, allowScripts })],
      results: [join(root, 'node_modules', '.package-lock.json'), paths.node],
    },
    install: async ({ env, signal }) => {
      const logFile = paths.log('npm');
      const { command, args } = npmCommand(env);
      const flags = [
        'ci',
        '--include=dev',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
        '--loglevel=notice',
      ];
      const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=2000', '--fetch-timeout=60000'];
      await mustWork('npm', logFile, root, {
        command,
        args: [...args, ...flags, ...patience],
        cwd: root,
        env: npmEnvironment(env, root),
        logFile,
        signal,
      });

      if (pinnedNodeVersion(root) === null) {
        throw new SetupError(
          'Node 24 was not installed with the npm packages, because npm is set to run no install scripts (ignore-scripts): run "npm_config_ignore_scripts=false npm start" once, then run this again.',
          { logFile },
        );
      }
    },
  };
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {string} folder
 * @param {string} requirements
 * @returns {InstallStep}
 */
function environmentStep(root, env, name, folder, requirements) {
  const environment = join(root, folder);
  return {
    name,
    title: `Python environment ${folder}`,
    lane: 'python',
    inputs: {
      files: [join(root, requirements)],
      // A virtual environment holds its own path, and cannot be moved.
      facts: [environment, env.SGCODE_PYTHON ?? ''],
      results: [join(environment, 'bin', 'python')],
    },
    install: async (context) => {
      const logFile = setupPaths(root).log(name);
      const python = findPython(context.env);
      rmSync(environment, { recursive: true, force: true });
      await mustWork('Python', logFile, root, {
        command: python.executable,
        args: ['-I', '-m', 'venv', environment],
        cwd: root,
        env: context.env,
        logFile,
        signal: context.signal,
      });
      await pipInstall(root, environment, requirements, logFile, context);
    },
  };
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {InstallStep}
 */
function devStep(root, env) {
  const environment = join(root, '.venv');
  return {
    name: 'python-dev',
    title: 'Python test tools',
    lane: 'python',
    inputs: {
      files: [join(root, REQUIREMENTS), join(root, DEV_REQUIREMENTS)],
      facts: [environment, env.SGCODE_PYTHON ?? ''],
      results: [
        join(environment, 'bin', 'python'),
        join(environment, 'bin', 'ruff'),
        join(environment, 'bin', 'pytest'),
      ],
    },
    install: (context) =>
      pipInstall(root, environment, DEV_REQUIREMENTS, setupPaths(root).log('python-dev'), context),
  };
}

/**
 * @param {string} root
 * @param {string} environment
 * @param {string} requirements
 * @param {string} logFile
 * @param {InstallContext} context
 */
async function pipInstall(root, environment, requirements, logFile, { env, signal }) {
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  // pip names the cause of a failed connection only where it retries.
  const patience = ['--retries', '2', '--timeout', '20'];
  const { PIP_TARGET: _target, PIP_PREFIX: _prefix, PIP_USER: _user, ...pipEnv } = env;
  await mustWork('Python', logFile, root, {
    command: join(environment, 'bin', 'python'),
    args: [
      '-I',
      '-m',
      'pip',
      'install',
      ...quiet,
      ...patience,
      '--require-hashes',
      '-r',
      join(root, requirements),
    ],
    cwd: root,
    env: pipEnv,
    logFile,
    signal,
  });
}

/**
 * @param {'npm' | 'Python'} name
 * @param {string} logFile
 * @param {string} root
 * @param {import('./run-logged.mjs').LoggedCommand} command
 */
async function mustWork(name, logFile, root, command) {
  const result = await runLogged(command);
  // npm only warns about files that it could not unpack.
  const isWhole = !result.output.includes('TAR_ENTRY_ERROR');
  if (result.code === 0 && isWhole) return;
  throw new SetupError(explainFailure({ name, root, freeBytes: freeBytes(root) }, result), { logFile });
}

/** @param {string} root */
function freeBytes(root) {
  try {
    const { bavail, bsize } = statfsSync(root);
    return bavail * bsize;
  } catch {
    return null;
  }
}
