import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchmarkDescription, BenchmarkDescriptionSchema } from '#domain/benchmark-description.ts';
import { UsageError } from '../commands/usage-error.ts';
import { writeAtomically } from '../commands/write-file.ts';
import { sha256 } from './data-sets/hashes.ts';
import { checkSame } from './describe-benchmark.ts';

/** The files of a benchmark's folder. */
export const files = {
  description: 'benchmark.json',
  records: 'records.jsonl',
  calls: 'calls.jsonl',
} as const;

type Wanted = { out: string | null; resume: boolean; home: string };

/**
 * Makes the folder for a benchmark, or finds the one to go on with, and returns its path with the description that
 * stands there. Rejects with UsageError where it holds another benchmark, or this one and nobody asked to go on.
 */
export async function openBenchmarkFolder(
  description: BenchmarkDescription,
  { out, resume, home }: Wanted,
): Promise<{ folder: string; description: BenchmarkDescription }> {
  const folder = out ?? (await ownFolder(description, resume, join(home, 'benchmarks')));
  const file = join(folder, files.description);
  const earlier = await readDescription(file);
  if (earlier !== null) {
    if (!resume) {
      throw new UsageError(
        `${folder} holds a benchmark already: go on with --resume, or name another folder`,
      );
    }
    checkSame(earlier, description, folder);
    return { folder, description: earlier };
  }
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).includes(files.records)) {
    throw new UsageError(`${folder} holds records of which nothing says what was asked: name another folder`);
  }
  await writeAtomically(file, new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`));
  return { folder, description };
}

/** The same request has the same name with a number behind it: the next free one, or the last to go on with. */
async function ownFolder(description: BenchmarkDescription, resume: boolean, root: string): Promise<string> {
  const { startedAt: _, ...asked } = description;
  const start = `${sha256(JSON.stringify(asked)).slice(0, 12)}-`;
  const names = await readdir(root).catch(() => []);
  const numbers = names
    .filter((name) => name.startsWith(start))
    .map((name) => Number(name.slice(start.length)))
    .filter(Number.isInteger);
  const last = Math.max(0, ...numbers);
  return join(root, `${start}${resume && last > 0 ? last : last + 1}`);
}

async function readDescription(file: string): Promise<BenchmarkDescription | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return BenchmarkDescriptionSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file} is not the description of a benchmark: name another folder`);
  }
}
