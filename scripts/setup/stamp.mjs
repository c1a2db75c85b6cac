import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * What a step's result depends on: `files` by content, `facts` as they are, `results` as the real paths that
 * must still be there.
 *
 * @typedef {{ files: string[], facts: string[], results: string[] }} StampInputs
 */

/**
 * The hash of a step's inputs and results as they are now, or null where a file or a result is missing.
 *
 * @param {StampInputs} inputs
 */
export function stampOf({ files, facts, results }) {
  if (![...files, ...results].every((path) => existsSync(path))) return null;

  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([process.platform, process.arch, facts, results.map((path) => realpathSync(path))]),
  );
  for (const file of files) hash.update(createHash('sha256').update(readFileSync(file)).digest());
  return hash.digest('hex');
}

/**
 * Whether the step was finished and nothing that it depends on has changed since.
 *
 * @param {string} stampFile
 * @param {StampInputs} inputs
 */
export function isFresh(stampFile, inputs) {
  const now = stampOf(inputs);
  return now !== null && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now;
}

/**
 * Records that the step is finished. It comes last, so that a stamp never stands beside a half-finished step.
 *
 * @param {string} stampFile
 * @param {StampInputs} inputs
 */
export function writeStamp(stampFile, inputs) {
  const now = stampOf(inputs);
  if (now === null) throw new Error(`a finished step left out one of ${inputs.results.join(', ')}`);
  writeFileSync(`${stampFile}.new`, now);
  renameSync(`${stampFile}.new`, stampFile);
}

/** @param {string} stampFile */
export function removeStamp(stampFile) {
  rmSync(stampFile, { force: true });
}
