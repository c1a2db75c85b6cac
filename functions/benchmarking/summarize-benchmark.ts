import { mean } from 'simple-statistics';
import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { comparePairs } from './compare.ts';
import { PAPER_FIGURES } from './paper-figures.ts';
import { pipelineRatios } from './pipeline-ratios.ts';
import { type ArmRecords, tablesOf } from './tables.ts';

/** What a benchmark's records do not say themselves. */
export type BenchmarkAccount = {
  /** In the order in which they are shown. Arms without a record are left out of the tables. */
  arms: readonly Arm[];
  /** Of the bootstrap: a whole number. */
  seed: number;
  /** Data set, settings, versions, machine: shown as they are. */
  about: readonly { name: string; value: string }[];
};

/**
 * The tables and comparisons of a benchmark. The same records give the same result in any order.
 * Throws a TypeError where a record's arm is not named, an arm is named twice, or an arm has a program twice.
 */
export function summarizeBenchmark(
  records: Iterable<BenchmarkRecord>,
  { arms, seed, about }: BenchmarkAccount,
): BenchmarkResult {
  const byArm = recordsByArm(records, arms);
  const tokens = new Map<string, number>();
  for (const { records: ofArm } of byArm) {
    for (const { program, input } of ofArm.values()) tokens.set(program, input.tokens);
  }
  // Whole numbers, whose sum does not depend on their order.
  const meanInputTokens = tokens.size === 0 ? null : mean([...tokens.values()]);
  return {
    format: 1,
    about: [...about],
    arms: [...arms],
    programs: tokens.size,
    records: byArm.reduce((sum, { records: ofArm }) => sum + ofArm.size, 0),
    seed,
    meanInputTokens,
    tables: tablesOf(byArm, meanInputTokens ?? 0, seed),
    pairs: comparePairs(byArm, seed),
    pipelineRatios: pipelineRatios(byArm, seed),
    paper: PAPER_FIGURES,
  };
}

function recordsByArm(records: Iterable<BenchmarkRecord>, arms: readonly Arm[]): ArmRecords[] {
  const byArm = new Map(arms.map((arm) => [arm.name, new Map<string, BenchmarkRecord>()]));
  if (byArm.size !== arms.length) throw new TypeError('two arms have the same name');
  for (const record of records) {
    const ofArm = byArm.get(record.arm);
    if (ofArm === undefined) throw new TypeError(`no arm is named '${record.arm}', as a record says`);
    if (ofArm.has(record.program)) {
      throw new TypeError(`arm '${record.arm}' has the program '${record.program}' twice`);
    }
    ofArm.set(record.program, record);
  }
  return arms.map((arm) => ({ arm, records: byArm.get(arm.name) ?? new Map() }));
}
