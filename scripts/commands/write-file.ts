import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a whole file or none of it: beside the target first, then renamed over it. A symbolic link at the
 * target is replaced, never written through. `mode` are the permission bits; those of a new file without.
 */
export async function writeAtomically(target: string, bytes: Uint8Array, mode?: number): Promise<void> {
  await replaceAtomically(target, mode, async (draft) => {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  });
}

/** Writes a new file. Rejects where anything is at the target, a symbolic link too. */
export async function writeNew(target: string, bytes: Uint8Array): Promise<void> {
  const file = await open(target, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** As `writeAtomically`, with the bytes of another file, however large. */
export async function copyAtomically(source: string, target: string, mode: number): Promise<void> {
  await replaceAtomically(target, mode, (draft) => copyFile(source, draft, constants.COPYFILE_EXCL));
}

async function replaceAtomically(
  target: string,
  mode: number | undefined,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = join(dirname(target), `.${randomBytes(12).toString('hex')}.tmp`);
  try {
    await fill(draft);
    const file = await open(draft, 'r');
    try {
      if (mode !== undefined) await file.chmod(mode & 0o777);
      // Without this a power cut after the rename could leave an empty file where there was a good one.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/**
 * Makes the folders of `parts` below `root`, one by one. Rejects where one of them is there as anything
 * but a folder, so that nothing is written through a symbolic link. Returns the innermost.
 */
export async function makeFolders(root: string, parts: readonly string[]): Promise<string> {
  await mkdir(root, { recursive: true });
  let folder = root;
  for (const part of parts) {
    folder = join(folder, part);
    const info = await lstat(folder).catch(() => null);
    if (info === null) await mkdir(folder);
    else if (info.isSymbolicLink()) {
      throw new Error(`${folder} is a symbolic link, and nothing is written through one`);
    } else if (!info.isDirectory()) throw new Error(`${folder} is not a folder`);
  }
  return folder;
}
