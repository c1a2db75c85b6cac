import { join, resolve } from 'node:path';

export const safeCoderTasks = ['train', 'merge', 'test'] as const;

/** What a person typed; paths count from the folder in which that was done. */
export type SafeCoderOptions = {
  base?: string;
  data: string;
  instructions?: string;
  adapter?: string;
  out?: string;
};

/** `typedIn`: that folder. `scratch`: what training makes and nobody ships. Both are absolute. */
export type SafeCoderPlaces = { typedIn: string; scratch: string };

/** The arguments of Python, and the files that must be there, each with the option that names it; null where none did. */
export type SafeCoderCall = { args: string[]; needed: { option: string; path: string | null }[] };

/** Turns a task and its options into a call of `safecoder_training`. */
export function safeCoderArgs(
  task: (typeof safeCoderTasks)[number],
  options: SafeCoderOptions,
  { typedIn, scratch }: SafeCoderPlaces,
): SafeCoderCall {
  if (task === 'test') return { args: ['-m', 'pytest', '-q'], needed: [] };
  const path = (given: string | undefined) => (given === undefined ? null : resolve(typedIn, given));
  const base = path(options.base);
  const adapter = path(options.adapter) ?? join(scratch, 'adapter');
  const program = ['-m', 'safecoder_training', task];
  const ofBase = { option: '--base', path: base };
  if (task === 'merge') {
    const out = path(options.out) ?? join(scratch, 'merged');
    return {
      args: [...program, '--base', base ?? '', '--adapter', adapter, '--out', out],
      needed: [ofBase, { option: '--adapter', path: adapter }],
    };
  }
  const pairs = join(resolve(typedIn, options.data), 'repair-pairs', 'pairs.jsonl');
  const instructions = path(options.instructions);
  return {
    args: [
      ...[...program, '--base', base ?? '', '--pairs', pairs],
      ...['--out', path(options.out) ?? adapter],
      ...(instructions === null ? [] : ['--instructions', instructions]),
    ],
    needed: [
      ofBase,
      { option: '--data', path: pairs },
      ...(instructions === null ? [] : [{ option: '--instructions', path: instructions }]),
    ],
  };
}
