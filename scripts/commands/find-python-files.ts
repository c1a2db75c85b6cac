import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sharedFolder } from './destinations.ts';
import { UsageError } from './usage-error.ts';

/** A file to work on, or a place that should have been read and could not be. */
export type FoundFile = {
  /** As it was typed, or reached from what was typed. */
  path: string;
  absolute: string;
  /** Why it cannot be worked on; null when it can. */
  problem: string | null;
};

export type FoundFiles = {
  files: FoundFile[];
  skipped: { path: string; why: string }[];
  /** The innermost folder that holds every given folder and file. */
  base: string;
};

type Found = Pick<FoundFiles, 'files' | 'skipped'>;

const SKIPPED_FOLDERS = new Map([
  ['node_modules', 'packages of others'],
  ['site-packages', 'packages of others'],
  ['__pycache__', 'compiled files'],
]);

/**
 * The files that the given paths stand for: a file is itself, a folder its `*.py`, sorted, each once.
 * Symbolic links inside folders are not followed. `exclude` is a folder that is left out.
 * Rejects with UsageError where a path does not exist or nothing is found.
 */
export async function findPythonFiles(
  paths: readonly string[],
  { cwd, exclude = null }: { cwd: string; exclude?: string | null },
): Promise<FoundFiles> {
  const found: Found = { files: [], skipped: [] };
  const bases: string[] = [];
  const excluded = exclude === null ? null : await realOrNull(exclude);
  for (const path of paths) {
    const info = await statOf(path, resolve(cwd, path));
    if (info !== 'unreadable' && info.isDirectory()) {
      const folder = await realpath(resolve(cwd, path));
      bases.push(folder);
      await walk(path, folder, excluded, found);
    } else {
      const problem =
        info === 'unreadable'
          ? 'it cannot be read: permission denied'
          : info.isFile()
            ? null
            : 'it is not a regular file';
      const absolute = await inRealFolder(resolve(cwd, path));
      bases.push(dirname(absolute));
      found.files.push({ path, absolute, problem });
    }
  }
  const unique = new Map(found.files.map((file) => [file.absolute, file]));
  if (unique.size === 0) throw new UsageError(nothingFound(paths, found));
  return { files: [...unique.values()], skipped: found.skipped, base: sharedFolder(bases) };
}

async function walk(path: string, absolute: string, excluded: string | null, found: Found): Promise<void> {
  const entries = await readdir(absolute, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (entries instanceof Error) {
    found.files.push({ path, absolute, problem: `the folder cannot be read: ${reasonOf(entries)}` });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const shown = join(path, entry.name);
    const target = join(absolute, entry.name);
    if (entry.isDirectory()) {
      const why = target === excluded ? 'the output folder' : await whySkipped(entry.name, target);
      if (why === null) await walk(shown, target, excluded, found);
      else found.skipped.push({ path: shown, why });
    } else if (entry.isSymbolicLink()) {
      // A link may lead in circles or out of the folder; what it names is worked on where it lies.
      if (entry.name.endsWith('.py') || (await isFolder(target))) {
        found.skipped.push({ path: shown, why: 'a symbolic link' });
      }
    } else if (entry.name.endsWith('.py') && entry.isFile()) {
      found.files.push({ path: shown, absolute: target, problem: null });
    }
  }
}

async function whySkipped(name: string, absolute: string): Promise<string | null> {
  if (name.startsWith('.')) return 'hidden';
  const why = SKIPPED_FOLDERS.get(name);
  if (why !== undefined) return why;
  const marker = await lstat(join(absolute, 'pyvenv.cfg')).catch(() => null);
  return marker === null ? null : 'a virtual environment';
}

async function statOf(path: string, absolute: string) {
  try {
    return await stat(absolute);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') return 'unreadable';
    const why = code === 'ELOOP' ? 'is a symbolic link that leads to itself' : 'does not exist';
    throw new UsageError(`${path} ${why}`);
  }
}

function nothingFound(paths: readonly string[], { skipped }: Found): string {
  const where = paths.join(', ');
  const passedOver =
    skipped.length > 0 ? ` (passed over: ${skipped.map(({ path }) => path).join(', ')})` : '';
  return `no Python file (*.py) in ${where}${passedOver}`;
}

/** The error of a file operation in plain words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it is gone',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is not a folder',
    ENOSPC: 'no space left on the disk',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    ENAMETOOLONG: 'its name is too long',
    ELOOP: 'a symbolic link leads to itself',
  };
  return words[code ?? ''] ?? message;
}

/** The same file by a path without symbolic links, but for the file itself, which may be one. */
async function inRealFolder(path: string): Promise<string> {
  return join((await realOrNull(dirname(path))) ?? dirname(path), basename(path));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

async function realOrNull(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}
