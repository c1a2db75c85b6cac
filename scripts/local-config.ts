import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where a local run keeps and finds things; every path is absolute. */
export type LocalConfig = {
  checkout: string;
  /** State of this machine: nothing in it is needed by another machine. */
  home: string;
  databaseFile: string;
  /** Links that open reports. */
  sharesFile: string;
  blobDir: string;
  /** The key under which users' keys for models are sealed; made when it is first needed. */
  secretKeyFile: string;
  /** The Python interpreter of the worker's virtual environment. */
  python: string;
  /** The folder that holds the worker's package; its PYTHONPATH. */
  workerDir: string;
  /** The interpreter of the environment in which programs are run, and the folder of the runner's package. */
  runnerPython: string;
  runnerDir: string;
  /** The folder with the gGAN's model. */
  gganDir: string;
  /** Traces of the worker go to stderr; they quote the user's code. */
  isDebugging: boolean;
};

const EnvironmentSchema = z.object({
  SGCODE_HOME: z.string().min(1).optional(),
  SGCODE_GGAN: z.string().min(1).optional(),
  SGCODE_DEBUG: z.string().optional(),
  INIT_CWD: z.string().min(1).optional(),
});

/**
 * Reads the configuration of a local run. `SGCODE_HOME` moves the state folder, `SGCODE_GGAN` names
 * another folder with a gGAN; relative paths count from the folder in which the command was typed.
 */
export function readLocalConfig(environment: NodeJS.ProcessEnv, cwd: string): LocalConfig {
  const env = EnvironmentSchema.parse(environment);
  const typedIn = workingFolder(environment, cwd);
  const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
  const home = resolve(typedIn, env.SGCODE_HOME ?? join(checkout, '.sgcode'));
  return {
    checkout,
    home,
    databaseFile: join(home, 'runs.sqlite'),
    sharesFile: join(home, 'shares.sqlite'),
    blobDir: join(home, 'blobs'),
    secretKeyFile: join(home, 'secret.key'),
    python: join(checkout, '.venv', 'bin', 'python'),
    workerDir: join(checkout, 'functions', 'worker'),
    runnerPython: join(checkout, '.venv-runner', 'bin', 'python'),
    runnerDir: join(checkout, 'functions', 'test-runner'),
    gganDir: env.SGCODE_GGAN ? resolve(typedIn, env.SGCODE_GGAN) : join(checkout, 'models', 'ggan'),
    isDebugging: Boolean(env.SGCODE_DEBUG),
  };
}

/** The folder in which the user typed the command: npm runs scripts in the checkout and keeps it in INIT_CWD. */
export function workingFolder(environment: NodeJS.ProcessEnv, cwd: string): string {
  const { INIT_CWD } = EnvironmentSchema.parse(environment);
  return INIT_CWD === undefined ? cwd : resolve(cwd, INIT_CWD);
}
