import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A program of a benchmark: its name in the tables and where it lies. */
export type Program = { name: string; file: string };

/** The `*.py` of a folder, sorted by name. Rejects where there is none, saying so. */
export async function listPrograms(folder: string): Promise<Program[]> {
  const names = await readdir(folder).catch(() => {
    throw new Error(`there is no folder ${folder}: name one with --data`);
  });
  const programs = names.filter((name) => name.endsWith('.py')).sort();
  if (programs.length === 0)
    throw new Error(`there is no *.py in ${folder}: name another folder with --data`);
  return programs.map((name) => ({ name, file: join(folder, name) }));
}
