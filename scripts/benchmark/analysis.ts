import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunServices } from '#hardening/local-runner.ts';
import { analyzeCode } from '#ports/worker/analyze-code.ts';
import { median, quantile } from './statistics.ts';

/**
 * Times the analysis of every file of a folder, in the warm worker and by a fresh `bandit` process,
 * one after the other so that both meet the same machine. Returns the table of the paired ratios.
 */
export async function benchmarkAnalysis(
  services: RunServices,
  banditCommand: string,
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  await analyzeCode(services, { code: new Uint8Array(), analyzers: ['bandit'] });
  const pairs: { warm: number; command: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const code = await readFile(path);
    pairs.push({
      warm: await elapsed(() => analyzeCode(services, { code, analyzers: ['bandit'] })),
      command: await elapsed(() => runToEnd(banditCommand, ['-q', '-f', 'json', path])),
    });
    onProgress(pairs.length, names.length);
  }
  const ratios = pairs.map(({ warm, command }) => command / warm);
  return [
    `files                                ${names.length}`,
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
