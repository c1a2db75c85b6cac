import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { BenchmarkRow } from '#domain/benchmark-result.ts';
import { median, quantile } from '../statistics.ts';
import type { ArmFigures } from './published-result.ts';

/** The figures of one arm that are published, from its row over all programs and its records. */
export function armFigures(row: BenchmarkRow, all: readonly BenchmarkRecord[]): ArmFigures {
  const records = all.filter(({ arm }) => arm === row.arm);
  const { clean, secured, securedAndKept, kept } = row.outcomes;
  const sum = (name: 'before' | 'after' | 'introduced') =>
    records.reduce((total, { findings }) => total + findings[name], 0);
  const times = records.map(({ ms }) => ms.total).filter((ms) => ms !== null);
  const used = records.map(({ resources }) => resources).filter((each) => each !== null);
  return {
    arm: row.arm,
    programs: row.programs,
    clean,
    secured,
    securedAndKept,
    kept,
    unjudged: row.unjudged,
    findings: { before: sum('before'), after: sum('after'), introduced: sum('introduced') },
    ms: times.length === 0 ? null : { median: median(times), percentile95: quantile(times, 0.95) },
    cpuSecondsMedian: used.length === 0 ? null : median(used.map(({ cpuSeconds }) => cpuSeconds)),
    peakMiB: used.length === 0 ? null : Math.max(...used.map(({ peakMiB }) => peakMiB)),
  };
}
