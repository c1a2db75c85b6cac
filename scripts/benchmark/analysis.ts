import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { analysisKey } from '#domain/run-keys.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import type { Progress } from '../commands/progress.ts';
import type { Program } from './list-programs.ts';
import { median, quantile } from './statistics.ts';

export const AnalysisFiguresSchema = z.object({
  programs: z.int().min(1),
  /** Medians in milliseconds. */
  warmWorker: z.number(),
  banditCommand: z.number(),
  /** The command's time by the worker's, program by program. */
  timesFaster: z.object({ median: z.number(), fifthPercentile: z.number() }),
});
export type AnalysisFigures = z.infer<typeof AnalysisFiguresSchema>;

/**
 * Times the analysis of every program, in the warm worker and by a fresh `bandit` process, one after the
 * other so that both meet the same machine. Each finds the program where it reads them, a blob or a file.
 * Returns the figures of both.
 */
export async function benchmarkAnalysis(
  { worker, blobStore }: Pick<RunServices, 'worker' | 'blobStore'>,
  banditCommand: string,
  programs: readonly Program[],
  progress: Progress,
): Promise<AnalysisFigures> {
  const analyze = (codeKey: string) =>
    worker.run('analyze', { analyzer: 'bandit', codeKey, analysisKey: analysisKey(codeKey, 'bandit') });
  await blobStore.put('benchmark/warm-up.py', new Uint8Array());
  await analyze('benchmark/warm-up.py');
  const pairs: { warm: number; command: number }[] = [];
  for (const [index, { name, file }] of programs.entries()) {
    progress.start(name);
    const codeKey = `benchmark/program-${index}.py`;
    await blobStore.put(codeKey, await readFile(file));
    pairs.push({
      warm: await elapsed(() => analyze(codeKey)),
      command: await elapsed(() => runToEnd(banditCommand, ['-q', '-f', 'json', file])),
    });
    progress.finish(name, 'analyzed twice');
  }
  const ratios = pairs.map(({ warm, command }) => command / warm);
  return {
    programs: programs.length,
    warmWorker: median(pairs.map(({ warm }) => warm)),
    banditCommand: median(pairs.map(({ command }) => command)),
    timesFaster: { median: median(ratios), fifthPercentile: quantile(ratios, 0.05) },
  };
}

/** The figures as lines for a terminal. */
export function analysisLines(figures: AnalysisFigures): string {
  return [
    `files                                ${figures.programs}`,
    `warm worker, median                  ${figures.warmWorker.toFixed(1)} ms`,
    `bandit command, median               ${figures.banditCommand.toFixed(1)} ms`,
    `times faster, median                 ${figures.timesFaster.median.toFixed(0)}`,
    `times faster, 5th percentile         ${figures.timesFaster.fifthPercentile.toFixed(0)}`,
  ].join('\n');
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function runToEnd(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.on('error', reject);
    // Bandit exits with 1 where it finds something.
    child.on('close', () => resolve());
  });
}
