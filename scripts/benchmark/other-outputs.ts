import type { Arm } from '#domain/benchmark-record.ts';
import { UsageError } from '../commands/usage-error.ts';
import type { DataSet } from './data-sets/data-set.ts';
import { openFolder } from './data-sets/folder.ts';
import { hashList } from './data-sets/hashes.ts';

/** The files of another system, under the names of the programs. */
export type OtherOutputs = {
  arm: Arm;
  path: string;
  sha256: string;
  /** What it made of a program, null where it made nothing. */
  read(program: string): Promise<Uint8Array | null>;
};

/** Opens a folder of outputs for an arm. Rejects with UsageError where no file there has the name of a program. */
export async function openOutputs(
  { arm, folder }: { arm: Arm; folder: string },
  { entries }: DataSet,
): Promise<OtherOutputs> {
  const files = await openFolder(folder);
  const programs = new Set(entries.map((entry) => entry.name));
  const byName = new Map(files.filter((file) => programs.has(file.name)).map((file) => [file.name, file]));
  if (byName.size === 0) {
    throw new UsageError(
      `${arm.name}: no file in ${folder} is called like a program of the data set, such as ${entries[0]?.name}`,
    );
  }
  return {
    arm,
    path: folder,
    sha256: hashList([...byName.values()]),
    read: async (program) => (await byName.get(program)?.load())?.code ?? null,
  };
}
