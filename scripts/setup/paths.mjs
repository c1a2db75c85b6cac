import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this file belongs to. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Where the set-up of a checkout keeps and finds things.
 *
 * @param {string} root the checkout
 */
export function setupPaths(root) {
  const state = join(root, '.sgcode', 'setup');
  return {
    state,
    lock: join(state, 'lock'),
    compileCache: join(state, 'compile-cache'),
    binaries: join(root, 'node_modules', '.bin'),
    node: join(root, 'node_modules', '.bin', 'node'),
    /** @param {string} step */
    stamp: (step) => join(state, `${step}.stamp`),
    /** @param {string} step */
    log: (step) => join(state, `${step}.log`),
  };
}
