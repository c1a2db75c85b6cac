import { binomialDistribution } from 'simple-statistics';
import type { Proportion } from '#domain/benchmark-result.ts';

/** The 97.5 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * A proportion with its 95 % score interval, or null of none.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
 * recommended for small n by L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001).
 */
export function proportionOf(count: number, n: number): Proportion | null {
  if (n === 0) return null;
  const share = count / n;
  const z2 = Z_95 * Z_95;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  // At none and all the ends are exactly the share; rounding would put them beside it.
  const low = count === 0 ? 0 : Math.max(0, center - half);
  const high = count === n ? 1 : Math.min(1, center + half);
  return { count, n, share, interval: { low, high } };
}

/**
 * The two-sided p of McNemar's test in its exact form: the discordant pairs as tosses of a fair coin.
 * Q. McNemar, Psychometrika 12 (1947); A. Agresti, "Categorical Data Analysis", section on matched pairs.
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  const tosses = onlyFirst + onlySecond;
  if (tosses === 0) return 1;
  const cells = binomialDistribution(tosses, 0.5);
  if (cells === undefined) throw new RangeError(`no exact test for ${tosses} discordant pairs`);
  // The table ends in the upper tail; the lower one, which is what is summed, is whole.
  const tail = cells.slice(0, Math.min(onlyFirst, onlySecond) + 1).reduce((sum, cell) => sum + cell, 0);
  return Math.min(1, 2 * tail);
}

/**
 * The p values as corrected for being one of several, in the order given.
 * S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979).
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(values.length).fill(1);
  let largest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (values.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
