import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What goes wrong with one call of a function. */
export type Fault =
  /** It fails with an error of this name before it does anything. */
  | { kind: 'error'; errorType: string; errorMessage: string }
  /** It does its work and then fails with an error of this name: nobody hears of the work. */
  | { kind: 'lost-answer'; errorType: string; errorMessage: string }
  /** It answers this without doing anything. */
  | { kind: 'answer'; answer: unknown }
  /** Its environment ends in the middle of the call. */
  | { kind: 'exit' };

type Call = {
  /** The logical id of the function. */
  of: string;
  /** Only a call whose event holds this text. */
  where?: string;
  times?: number;
};

/** The faults that functions meet: each is taken by one call, which the runtime client reads them for. */
export type Faults = {
  leave: (fault: Fault, call: Call) => Promise<void>;
  /** How many no call has met yet. */
  left: () => Promise<number>;
  clear: () => Promise<void>;
};

/** Faults as files below `folder`. */
export function createFaults(folder: string): Faults {
  let count = 0;
  return {
    leave: async (fault, { of, where = '', times = 1 }) => {
      await mkdir(join(folder, of), { recursive: true });
      for (let time = 0; time < times; time += 1) {
        count += 1;
        const name = `${String(count).padStart(6, '0')}.json`;
        await writeFile(join(folder, of, name), JSON.stringify({ ...fault, where }));
      }
    },
    left: async () => {
      const entries = await readdir(folder, { recursive: true }).catch(() => []);
      return entries.filter((name) => name.endsWith('.json')).length;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
