import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  errorFunction,
  mean,
  median,
  medianSorted,
  quantileSorted,
  sampleStandardDeviation,
} from 'simple-statistics';
import type { Amount, Interval } from '#domain/benchmark-result.ts';
import { Z_95 } from './proportions.ts';

/** Resamples that a mean's interval is taken from, and a difference's, whose p has to survive a correction. */
const RESAMPLES = { amount: 1000, difference: 5000 } as const;

/** Fewer values than this give no interval: resampling them would show far too narrow a one. */
const FEWEST_FOR_INTERVAL = 5;

/** From here on the normal interval is the bootstrap's, and resampling only costs time. */
const ENOUGH_FOR_NORMAL = 1000;

/** Mean and median with a seeded percentile bootstrap of the mean, the same for any order of the values; null of none. */
export function amountOf(values: readonly number[], seed: number): Amount | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const list = [...sorted];
  return {
    n: list.length,
    mean: mean(list),
    median: median(list),
    interval: intervalOf(list, RESAMPLES.amount, seed)?.interval ?? null,
  };
}

/** The mean of paired differences, its interval, and the two-sided p of a difference of none. */
export type Difference = { mean: number; interval: Interval | null; p: number };

/**
 * A seeded percentile bootstrap of the mean of paired differences, at least one of them.
 * B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and 15: the p is that
 * of the widest interval that leaves out 0. With too few pairs for an interval it is 1.
 */
export function differenceOf(differences: readonly number[], seed: number): Difference {
  const list = [...Float64Array.from(differences).sort()];
  return { mean: mean(list), ...(intervalOf(list, RESAMPLES.difference, seed) ?? { interval: null, p: 1 }) };
}

/**
 * The interval of the median of values: a seeded percentile bootstrap, or with many values the order statistics that
 * a binomial distribution names (W. J. Conover, "Practical Nonparametric Statistics", on intervals of quantiles).
 * Null of too few.
 */
export function medianIntervalOf(values: readonly number[], seed: number): Interval | null {
  const n = values.length;
  if (n < FEWEST_FOR_INTERVAL) return null;
  const sorted = Float64Array.from(values).sort();
  if (n >= ENOUGH_FOR_NORMAL) {
    const half = (Z_95 * Math.sqrt(n)) / 2;
    const low = sorted[Math.floor(n / 2 - half)] ?? Number.NaN;
    return { low, high: sorted[Math.ceil(n / 2 + half)] ?? Number.NaN };
  }
  const medians = resamplesOf(sorted, RESAMPLES.amount, seed, (drawn) => medianSorted([...drawn.sort()]));
  return { low: quantileSorted(medians, 0.025), high: quantileSorted(medians, 0.975) };
}

/** A figure of each of that many resamples of the values, in order. */
function resamplesOf(
  values: Float64Array,
  resamples: number,
  seed: number,
  figureOf: (drawn: Float64Array) => number,
): number[] {
  const generator = xoroshiro128plus(seed);
  // From 32 random bits to a place among the values, without a call in the innermost loop.
  const perDraw = values.length / 2 ** 32;
  const drawn = new Float64Array(values.length);
  const figures = Array.from({ length: resamples }, () => {
    for (let draw = 0; draw < drawn.length; draw += 1) {
      drawn[draw] = values[((generator.next() >>> 0) * perDraw) | 0] ?? 0;
    }
    return figureOf(drawn);
  });
  return figures.sort((a, b) => a - b);
}

function intervalOf(
  sorted: readonly number[],
  resamples: number,
  seed: number,
): { interval: Interval; p: number } | null {
  const n = sorted.length;
  if (n < FEWEST_FOR_INTERVAL) return null;
  if (sorted[0] === sorted.at(-1)) {
    const constant = sorted[0] ?? 0;
    return { interval: { low: constant, high: constant }, p: constant === 0 ? 1 : 2 / (resamples + 1) };
  }
  return n < ENOUGH_FOR_NORMAL ? bootstrap(sorted, resamples, seed) : normal(sorted);
}

function bootstrap(sorted: readonly number[], resamples: number, seed: number) {
  const means = resamplesOf(Float64Array.from(sorted), resamples, seed, meanOf);
  const atMost = means.filter((value) => value <= 0).length;
  const atLeast = means.filter((value) => value >= 0).length;
  return {
    interval: { low: quantileSorted(means, 0.025), high: quantileSorted(means, 0.975) },
    p: Math.min(1, (2 * (Math.min(atMost, atLeast) + 1)) / (resamples + 1)),
  };
}

function meanOf(values: Float64Array): number {
  let total = 0;
  for (let place = 0; place < values.length; place += 1) total += values[place] ?? 0;
  return total / values.length;
}

function normal(sorted: readonly number[]) {
  const values = [...sorted];
  const center = mean(values);
  const error = sampleStandardDeviation(values) / Math.sqrt(values.length);
  const p = Math.max(0, 1 - errorFunction(Math.abs(center) / error / Math.SQRT2));
  return { interval: { low: center - Z_95 * error, high: center + Z_95 * error }, p };
}
