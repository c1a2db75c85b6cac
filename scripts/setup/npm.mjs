import { spawnSync } from 'node:child_process';
import { basename, delimiter, join } from 'node:path';
import { setupPaths } from './paths.mjs';

/**
 * How to start npm: the one that started this process, under the Node that it runs on, else the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env) {
  const cli = env.npm_execpath;
  // The running Node may be the one in node_modules, which `npm ci` removes first.
  const node = env.npm_node_execpath;
  return cli !== undefined && node !== undefined && basename(cli) === 'npm-cli.js'
    ? { command: node, args: [cli] }
    : { command: 'npm', args: [] };
}

/**
 * The environment for `npm ci`: without the pinned Node on PATH, which goes away under npm's feet, and without
 * what an outer `npm run` set for its own script.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(env, root) {
  const binaries = setupPaths(root).binaries;
  const kept = Object.entries(env).filter(([name]) => !/^npm_(?:package|lifecycle|command)/.test(name));
  const PATH = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== binaries);
  return {
    ...Object.fromEntries(kept),
    PATH: PATH.join(delimiter),
    NODE_ENV: undefined,
    NODE_OPTIONS: undefined,
    // Its install script fetches the CUDA provider, which is not used, from a host that may be out of reach.
    ONNXRUNTIME_NODE_INSTALL: 'skip',
  };
}

/**
 * The version of the Node that the npm packages brought, or null where it cannot run or is older than 24.
 *
 * @param {string} root
 */
export function pinnedNodeVersion(root) {
  const { status, stdout } = spawnSync(setupPaths(root).node, ['--version'], { encoding: 'utf8' });
  const version = status === 0 ? stdout.trim() : '';
  return Number(version.match(/^v(\d+)/)?.[1] ?? 0) >= 24 ? version : null;
}

/**
 * The environment for what runs in the checkout: its own binaries, Node 24 among them, come first on PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 */
export function environmentWithBinaries(env, root) {
  const binaries = setupPaths(root).binaries;
  const others = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== binaries);
  return { ...env, PATH: [binaries, ...others].join(delimiter) };
}

/** @param {string} root */
export function pinnedNodeBinary(root) {
  return join(root, 'node_modules', 'node', 'bin', 'node');
}
