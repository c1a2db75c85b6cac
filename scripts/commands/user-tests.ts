import { resolve } from 'node:path';
import type { CommandContext, Engine } from './command-context.ts';
import type { FoundFiles } from './find-python-files.ts';
import { readSource } from './read-source.ts';
import { UsageError } from './usage-error.ts';

/** The bytes of the user's own tests, null where none were given. Rejects with UsageError. */
export async function readTests(
  { tests }: { tests?: string },
  { files }: FoundFiles,
  { cwd }: CommandContext,
): Promise<Uint8Array | null> {
  if (tests === undefined) return null;
  if (files.length !== 1) {
    throw new UsageError(
      `--tests goes with one file, and these are ${files.length}: name the one that it tests`,
    );
  }
  return readTestFile(tests, cwd);
}

/** The bytes of a file with tests. Rejects with UsageError. */
export async function readTestFile(tests: string, cwd: string): Promise<Uint8Array> {
  const source = await readSource({ path: tests, absolute: resolve(cwd, tests), problem: null });
  if ('problem' in source) throw new UsageError(`--tests ${tests}: ${source.problem}`);
  return source.bytes;
}

/** Rejects with UsageError where programs were to be run and cannot be on this machine. */
export async function checkRunner(engine: Engine): Promise<void> {
  try {
    await engine.checkRunner();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RunnerUnavailableError')) throw error;
    throw new UsageError(
      `programs cannot be sealed off on this machine: ${error.message} Or run them unsealed with --unsafe-local-runner: they can then read and change your files.`,
    );
  }
}
