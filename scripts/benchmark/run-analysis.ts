import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processOutput } from '../commands/output.ts';
import { startProgress } from '../commands/progress.ts';
import type { LocalConfig } from '../local-config.ts';
import { openLocalServices } from '../local-services.ts';
import { type AnalysisFigures, benchmarkAnalysis } from './analysis.ts';
import { listPrograms } from './list-programs.ts';

/** Times analysis over a folder of programs beside the bandit command, in stores of its own. */
export async function runAnalysis(folder: string, config: LocalConfig): Promise<AnalysisFigures> {
  const programs = await listPrograms(folder);
  const home = await mkdtemp(join(tmpdir(), 'sgcode-benchmark-'));
  const services = await openLocalServices({
    ...config,
    databaseFile: join(home, 'runs.sqlite'),
    sharesFile: join(home, 'shares.sqlite'),
    blobDir: join(home, 'blobs'),
  });
  const progress = startProgress(processOutput(process.stderr), programs.length);
  try {
    const bandit = join(config.checkout, '.venv', 'bin', 'bandit');
    return await benchmarkAnalysis(services, bandit, programs, progress);
  } finally {
    progress.end();
    await services.close();
    await rm(home, { recursive: true, force: true });
  }
}
