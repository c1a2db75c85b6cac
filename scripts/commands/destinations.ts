import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FoundFile } from './find-python-files.ts';
import { UsageError } from './usage-error.ts';

/** Where a file's result goes, below the output folder. */
export type Destination = { root: string; folders: string[]; name: string };

/**
 * Every file's place under `root`: its path relative to `base`, so that one folder keeps its tree and
 * several keep theirs apart. Rejects with UsageError where a result would replace its own source.
 */
export async function planDestinations(
  files: readonly FoundFile[],
  { root, base }: { root: string; base: string },
): Promise<Map<string, Destination>> {
  const destinations = new Map<string, Destination>();
  for (const { absolute, path } of files) {
    const folders = relative(base, dirname(absolute))
      .split(sep)
      .filter((part) => part !== '');
    if (folders.includes('..')) throw new UsageError(`${path} lies outside of ${base}`);
    const destination = { root, folders, name: basename(absolute) };
    if (await isSameFile(absolute, destinationPath(destination))) {
      throw new UsageError(`--out ${root} would replace ${path}; use --write to change files in place`);
    }
    destinations.set(absolute, destination);
  }
  return destinations;
}

export function destinationPath({ root, folders, name }: Destination): string {
  return join(root, ...folders, name);
}

/** The innermost folder that holds all of the given folders. */
export function sharedFolder(folders: readonly string[]): string {
  const [first = resolve('/'), ...others] = folders.map((folder) => resolve(folder));
  let shared = first;
  while (!others.every((folder) => folder === shared || folder.startsWith(withSeparator(shared)))) {
    shared = dirname(shared);
  }
  return shared;
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([a, b].map((path) => stat(path).catch(() => null)));
  return left != null && right != null && left.ino === right.ino && left.dev === right.dev;
}
