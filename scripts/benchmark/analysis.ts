import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { analysisKey } from '#domain/run-keys.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import type { Progress } from '../commands/progress.ts';
import type { Program } from './list-programs.ts';
import { median, quantile } from './statistics.ts';

/**
 * Times the analysis of every program, in the warm worker and by a fresh `bandit` process, one after the
 * other so that both meet the same machine. Each finds the program where it reads them, a blob or a file.
 * Returns the table of the paired ratios.
 */
export async function benchmarkAnalysis(
  { worker, blobStore }: Pick<RunServices, 'worker' | 'blobStore'>,
  banditCommand: string,
  programs: readonly Program[],
  progress: Progress,
): Promise<string> {
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
  return [
    `files                                ${programs.length}`,
    `warm worker, median                  ${median(pairs.map(({ warm }) => warm)).toFixed(1)} ms`,
    `bandit command, median               ${median(pairs.map(({ command }) => command)).toFixed(1)} ms`,
    `times faster, median                 ${median(ratios).toFixed(0)}`,
    `times faster, 5th percentile         ${quantile(ratios, 0.05).toFixed(0)}`,
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
