import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type FoundFile, reasonOf } from './find-python-files.ts';

/** Far over what the engine takes, whose own limit names the figure; only keeps memory bounded. */
const MAX_READ_BYTES = 16_000_000;

/** A file's bytes and permission bits, or why they cannot be had; then `mode` is set where it can be copied. */
export type Source = { bytes: Uint8Array; mode: number } | { problem: string; mode?: number };

/** Reads a found file. Never rejects: what goes wrong is the file's problem, not the command's. */
export async function readSource({ absolute, problem }: FoundFile): Promise<Source> {
  if (problem !== null) return { problem };
  try {
    // Without O_NONBLOCK, a pipe that took the file's place meanwhile would be waited for without end.
    const file = await open(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const info = await file.stat();
      if (!info.isFile()) return { problem: 'it is not a regular file' };
      if (info.size > MAX_READ_BYTES) {
        return { problem: `it is too large: ${info.size} bytes`, mode: info.mode };
      }
      return { bytes: await file.readFile(), mode: info.mode };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { problem: `it cannot be read: ${reasonOf(error)}` };
  }
}
