import { readFile } from 'node:fs/promises';
import type { Light } from '#domain/gates.ts';
import type { RunSettingsInput } from '#domain/loop-state.ts';
import type { Report } from '#domain/report.ts';
import { hardenCode } from '#hardening/harden-code.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { verdictWords } from '#rendering/wording.ts';
import type { Progress } from '../commands/progress.ts';
import type { Program } from './list-programs.ts';
import { watchPeakMemory } from './peak-memory.ts';
import { median, quantile } from './statistics.ts';

/**
 * Hardens every program, one after the other in one process, and returns the table
 * of what came out, with the untouched input beside it.
 */
export async function benchmarkPrograms(
  services: RunServices,
  programs: readonly Program[],
  settings: RunSettingsInput,
  progress: Progress,
): Promise<string> {
  const memory = watchPeakMemory();
  const reports: Report[] = [];
  for (const { name, file } of programs) {
    progress.start(name);
    const report = await hardenCode(services, { path: name, code: await readFile(file), settings });
    progress.finish(name, verdictWords[report.verdict].label);
    reports.push(report);
  }
  return programsTable(reports, await memory.stop());
}

/** The figures as aligned text. */
export function programsTable(reports: readonly Report[], peakMiB: number | null): string {
  const ms = reports.map((report) => report.ms.total);
  const rows: [string, string][] = [
    ['programs', `${reports.length}`],
    ['untouched input, compiles and no counted finding', `${reports.filter(isCleanInput).length}`],
    ['secured or already secure, all lights that ran on', `${reports.filter(isSecure).length}`],
    ...countVerdicts(reports),
    [
      'behavior the same, of those run',
      `${countBehavior(reports, 'pass')} of ${countBehavior(reports, 'pass') + countBehavior(reports, 'fail')}`,
    ],
    ['counted findings before', `${sum(reports, (report) => report.findings.before)}`],
    ['counted findings after', `${sum(reports, (report) => report.findings.after)}`],
    ['counted findings introduced', `${sum(reports, (report) => report.findings.introduced)}`],
    ['model calls', `${sum(reports, (report) => report.modelCalls)}`],
    ['run, median', `${median(ms).toFixed(0)} ms`],
    ['run, 95th percentile', `${quantile(ms, 0.95).toFixed(0)} ms`],
    ['peak memory of Node and worker', peakMiB === null ? 'not measured' : `${peakMiB.toFixed(0)} MiB`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}

/** No counted finding is left, the code compiles, and no light failed. */
export function isSecure({ verdict, gates }: Report): boolean {
  const hasEnded = verdict === 'secured' || verdict === 'already-secure';
  return hasEnded && Object.values(gates).every(({ light }) => light !== 'fail');
}

function isCleanInput(report: Report): boolean {
  return report.verdict === 'already-secure' && isSecure(report);
}

function countBehavior(reports: readonly Report[], light: Light): number {
  return reports.filter(({ gates }) => gates.behavior.light === light).length;
}

function countVerdicts(reports: readonly Report[]): [string, string][] {
  const counts = Map.groupBy(reports, (report) => report.verdict);
  return [...counts].map(([verdict, group]): [string, string] => [`verdict ${verdict}`, `${group.length}`]);
}

function sum(reports: readonly Report[], value: (report: Report) => number): number {
  return reports.reduce((total, report) => total + value(report), 0);
}
