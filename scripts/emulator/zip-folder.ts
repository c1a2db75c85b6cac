import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The `os` field of an entry whose attributes are those of Unix, in the upper half. */
const UNIX = 3;

/** All files of a folder as one archive, which keeps what may be executed. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    entries[relative(folder, path)] = [
      await readFile(path),
      { os: UNIX, attrs: (mode << 16) >>> 0, level: 1 },
    ];
  }
  return zipSync(entries);
}
