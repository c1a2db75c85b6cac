import { relative, sep } from 'node:path';
import { findPythonFiles } from '../../commands/find-python-files.ts';
import { readSource } from '../../commands/read-source.ts';
import { UsageError } from '../../commands/usage-error.ts';
import type { ProgramEntry } from './data-set.ts';
import { hashProgram, loadUnchanged } from './hashes.ts';

/** Records take no longer name. */
const MAX_NAME = 500;

/**
 * The `*.py` of a folder and its folders, by path. Rejects with UsageError where there is none, or one
 * cannot be read: a benchmark with holes in its data would not be one of that data.
 */
export async function openFolder(path: string): Promise<ProgramEntry[]> {
  const { files, base } = await findPythonFiles([path], { cwd: path });
  const entries: ProgramEntry[] = [];
  for (const file of files) {
    const read = async () => {
      const source = await readSource(file);
      if ('problem' in source) throw new UsageError(`${file.path}: ${source.problem}`);
      return { code: source.bytes, tests: null };
    };
    const name = relative(base, file.absolute).split(sep).join('/');
    if (name.length > MAX_NAME) throw new UsageError(`${file.path}: its path is longer than ${MAX_NAME}`);
    const hash = hashProgram(await read());
    entries.push({ name, sha256: hash, load: loadUnchanged(name, hash, read) });
  }
  return entries;
}
