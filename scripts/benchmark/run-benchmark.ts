import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BehaviorMode } from '#domain/loop-state.ts';
import { processOutput } from '../commands/output.ts';
import { type Progress, startProgress } from '../commands/progress.ts';
import type { LocalConfig } from '../local-config.ts';
import { type LocalServices, openLocalServices } from '../local-services.ts';
import { benchmarkAnalysis } from './analysis.ts';
import { listPrograms } from './list-programs.ts';
import { benchmarkPrograms } from './programs.ts';

export const benchmarkNames = ['programs', 'analysis'] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

/** Over which programs, and whether what comes of them is run beside the originals. */
export type BenchmarkOptions = { folder: string; behavior: BehaviorMode };

/** Runs one benchmark over a folder of programs, in stores of its own, and returns its table. */
export async function runBenchmark(
  name: BenchmarkName,
  options: BenchmarkOptions,
  config: LocalConfig,
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'sgcode-benchmark-'));
  const services = await openLocalServices({
    ...config,
    databaseFile: join(home, 'runs.sqlite'),
    blobDir: join(home, 'blobs'),
  });
  try {
    return await measure(name, options, { services, config });
  } finally {
    await services.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function measure(
  name: BenchmarkName,
  { folder, behavior }: BenchmarkOptions,
  { services, config }: { services: LocalServices; config: LocalConfig },
): Promise<string> {
  const programs = await listPrograms(folder);
  const progress: Progress = startProgress(processOutput(process.stderr), programs.length);
  try {
    if (name === 'programs') {
      return await benchmarkPrograms(services, programs, { analyzers: ['bandit'], behavior }, progress);
    }
    const bandit = join(config.checkout, '.venv', 'bin', 'bandit');
    return await benchmarkAnalysis(services, bandit, programs, progress);
  } finally {
    progress.end();
  }
}
