import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { AmountComparison, AmountName, OutcomeComparison, Pair } from '#domain/benchmark-result.ts';
import { amountIn, OUTCOMES } from './figures.ts';
import { exactMcNemar, holm } from './proportions.ts';
import { differenceOf } from './resampling.ts';
import type { ArmRecords } from './tables.ts';

const COMPARED_OUTCOMES = ['secured', 'securedAndKept'] as const;
const COMPARED_AMOUNTS: readonly AmountName[] = [
  'total',
  'promptTokens',
  'outputTokens',
  'costUsd',
  'cpuSeconds',
  'peakMiB',
];

/** The chance of naming any winner, over all pairs of arms, where there is none. */
const ALPHA = 0.05;

/** With fewer pairs than this a bootstrap interval is too narrow to name a winner by. */
const FEWEST_TO_NAME = 10;

/** Every two arms on the programs that both have; a winner is named only where the corrected test shows one. */
export function comparePairs(arms: readonly ArmRecords[], seed: number): Pair[] {
  const pairs = arms.flatMap((first, place) =>
    arms.slice(place + 1).map((second) => comparePair(first, second, seed)),
  );
  for (const outcome of COMPARED_OUTCOMES) {
    correct(
      pairs.flatMap(({ outcomes }) => outcomes.filter((each) => each.outcome === outcome)),
      true,
    );
  }
  for (const amount of COMPARED_AMOUNTS) {
    correct(
      pairs.flatMap(({ amounts }) => amounts.filter((each) => each.amount === amount)),
      false,
    );
  }
  return pairs;
}

function comparePair(first: ArmRecords, second: ArmRecords, seed: number): Pair {
  const both: [BenchmarkRecord, BenchmarkRecord][] = [];
  for (const [program, record] of first.records) {
    const other = second.records.get(program);
    if (other !== undefined) both.push([record, other]);
  }
  return {
    first: first.arm.name,
    second: second.arm.name,
    programs: both.length,
    onlyFirst: first.records.size - both.length,
    onlySecond: second.records.size - both.length,
    outcomes: COMPARED_OUTCOMES.map((outcome) => compareOutcome(outcome, both, seed)),
    amounts: COMPARED_AMOUNTS.flatMap((amount) => {
      const differences = both.flatMap(([record, other]) => {
        const one = amountIn(amount, first.arm, record);
        const two = amountIn(amount, second.arm, other);
        return one === null || two === null ? [] : [one - two];
      });
      return differences.length === 0 ? [] : [compareAmount(amount, differences, seed)];
    }),
  };
}

function compareOutcome(
  outcome: OutcomeComparison['outcome'],
  both: readonly (readonly [BenchmarkRecord, BenchmarkRecord])[],
  seed: number,
): OutcomeComparison {
  const differences = both.flatMap(([record, other]) => {
    const one = OUTCOMES[outcome](record);
    const two = OUTCOMES[outcome](other);
    return one === null || two === null ? [] : [Number(one) - Number(two)];
  });
  const onlyFirst = differences.filter((difference) => difference === 1).length;
  const onlySecond = differences.filter((difference) => difference === -1).length;
  const n = differences.length;
  const { mean, interval } = n === 0 ? { mean: 0, interval: null } : differenceOf(differences, seed);
  const p = exactMcNemar(onlyFirst, onlySecond);
  return { outcome, n, onlyFirst, onlySecond, difference: mean, interval, p, adjustedP: p, better: null };
}

function compareAmount(amount: AmountName, differences: readonly number[], seed: number): AmountComparison {
  const { mean, interval, p } = differenceOf(differences, seed);
  return { amount, n: differences.length, difference: mean, interval, p, adjustedP: p, better: null };
}

/** Corrects the p of one figure over all pairs and names what they show. `isMoreBetter` of what it counts. */
function correct(comparisons: (OutcomeComparison | AmountComparison)[], isMoreBetter: boolean): void {
  const adjusted = holm(comparisons.map(({ p }) => p));
  for (const [place, comparison] of comparisons.entries()) {
    comparison.adjustedP = adjusted[place] ?? 1;
    const isShown = comparison.adjustedP < ALPHA && comparison.n >= FEWEST_TO_NAME;
    if (isShown && comparison.difference !== 0) {
      comparison.better = comparison.difference > 0 === isMoreBetter ? 'first' : 'second';
    }
  }
}
