import { createHash } from 'node:crypto';
import type { Program, ProgramEntry } from './data-set.ts';

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The hash of a program with its tests. */
export function hashProgram({ code, tests }: Program): string {
  const hash = createHash('sha256').update(code);
  if (tests !== null) hash.update('\0tests\0').update(tests);
  return hash.digest('hex');
}

/** The hash of a list of programs: names and contents, in order. */
export function hashList(entries: readonly Pick<ProgramEntry, 'name' | 'sha256'>[]): string {
  return sha256(entries.map((entry) => `${JSON.stringify(entry.name)} ${entry.sha256}\n`).join(''));
}

/** Wraps the reading of a program so that it rejects when the program was changed since. */
export function loadUnchanged(
  name: string,
  expected: string,
  read: () => Promise<Program>,
): () => Promise<Program> {
  return async () => {
    const program = await read();
    if (hashProgram(program) === expected) return program;
    throw new Error(`${name} was changed while the benchmark ran; it needs data that stays as it is`);
  };
}
