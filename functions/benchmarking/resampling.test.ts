import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountOf, differenceOf, medianIntervalOf } from './resampling.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const values = fc.array(value, { minLength: 5, maxLength: 60 });

describe('amountOf', () => {
  it('of constants is that constant, with nothing around it', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 5, max: 2000 }), fc.nat(), (constant, n, seed) => {
        const amount = amountOf(new Array<number>(n).fill(constant), seed);
        expect(amount?.mean).toBeCloseTo(constant, 6);
        expect(amount?.interval).toEqual({ low: constant, high: constant });
      }),
      { numRuns: 30 },
    );
  });

  it('is the same for any order of the values and the same seed', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, seed) => {
        expect(amountOf(list.toReversed(), seed)).toEqual(amountOf(list, seed));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps its interval between the smallest and the largest value', () => {
    fc.assert(
      fc.property(values, (list) => {
        const interval = amountOf(list, 1)?.interval;
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6);
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('comes near the normal interval where that is right, below and above the size from which it is used', () => {
    for (const n of [400, 4000]) {
      const list = Array.from({ length: n }, (_, at) => at / n);
      const half = (1.96 * Math.sqrt(1 / 12)) / Math.sqrt(n);
      const interval = amountOf(list, 7)?.interval;
      expect(Math.abs((interval?.low ?? 0) - (0.5 - half))).toBeLessThan(0.15 * half);
      expect(Math.abs((interval?.high ?? 0) - (0.5 + half))).toBeLessThan(0.15 * half);
    }
  });

  it('gives no interval of a few values, and nothing of none', () => {
    expect(amountOf([1, 2, 3, 4], 1)).toEqual({ n: 4, mean: 2.5, median: 2.5, interval: null });
    expect(amountOf([], 1)).toBeNull();
  });

  it('draws otherwise with another seed', () => {
    const list = [1, 5, 9, 14, 30, 31];
    expect(amountOf(list, 1)).not.toEqual(amountOf(list, 2));
  });
});

describe('differenceOf', () => {
  it('shows a difference that is there, and none that is not', () => {
    const there = Array.from({ length: 40 }, (_, at) => 3 + (at % 5));
    const none = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? 1 : -1));

    expect(differenceOf(there, 1)).toMatchObject({ mean: 5, p: 2 / 5001 });
    expect(differenceOf(there, 1).interval?.low).toBeGreaterThan(0);
    expect(differenceOf(none, 1).p).toBeGreaterThan(0.5);
  });

  it('shows nothing of differences that are all 0, however many', () => {
    expect(differenceOf(new Array<number>(50).fill(0), 1)).toMatchObject({ mean: 0, p: 1 });
    expect(differenceOf(new Array<number>(5000).fill(0), 1)).toMatchObject({ mean: 0, p: 1 });
  });

  it('is the same from both sides', () => {
    const list = Array.from({ length: 2000 }, (_, at) => ((at * 7919) % 101) - 49);
    const back = list.map((difference) => -difference);
    expect(differenceOf(back, 1).p).toBeCloseTo(differenceOf(list, 1).p, 6);
  });

  it('claims nothing from a few', () => {
    expect(differenceOf([9, 9, 9, 9], 1)).toEqual({ mean: 9, interval: null, p: 1 });
  });
});

describe('medianIntervalOf', () => {
  it('holds the median, between the smallest and the largest value, for any order', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, seed) => {
        const interval = medianIntervalOf(list, seed);
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...list));
        expect(interval?.low).toBeLessThanOrEqual(interval?.high ?? Number.NaN);
        expect(medianIntervalOf(list.toReversed(), seed)).toEqual(interval);
      }),
      { numRuns: 30 },
    );
  });

  it('is about as wide below and above the size from which no resampling is needed', () => {
    const spread = (n: number) => Array.from({ length: n }, (_, at) => at / n);
    const [below, above] = [medianIntervalOf(spread(999), 5), medianIntervalOf(spread(1001), 5)];

    expect(below?.low).toBeCloseTo(above?.low ?? Number.NaN, 1);
    expect(below?.high).toBeCloseTo(above?.high ?? Number.NaN, 1);
    expect(above?.low).toBeCloseTo(0.5 - 0.98 / Math.sqrt(1001), 2);
  });

  it('is none of too few values', () => {
    expect(medianIntervalOf([1, 2, 3, 4], 1)).toBeNull();
  });
});
