import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactMcNemar, holm, proportionOf } from './proportions.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, count: Math.round(n * share) }));
const discordant = fc.integer({ min: 0, max: 3000 });
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('proportionOf', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I: the score method without continuity correction.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %d in %d', (count, n, low, high) => {
    const interval = proportionOf(count, n)?.interval;
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('holds the share and stays between 0 and 1', () => {
    fc.assert(
      fc.property(counts, ({ count, n }) => {
        const { share, interval } = proportionOf(count, n) ?? {
          share: Number.NaN,
          interval: { low: 0, high: 0 },
        };
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.low).toBeLessThanOrEqual(share);
        expect(interval.high).toBeGreaterThanOrEqual(share);
        expect(interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('mirrors what is so and what is not', () => {
    fc.assert(
      fc.property(counts, ({ count, n }) => {
        const interval = proportionOf(count, n)?.interval;
        const mirrored = proportionOf(n - count, n)?.interval;
        expect(interval?.low).toBeCloseTo(1 - (mirrored?.high ?? 0), 9);
      }),
    );
  });

  it('says nothing of none', () => {
    expect(proportionOf(0, 0)).toBeNull();
  });
});

describe('exactMcNemar', () => {
  // Twice the lower tail of Bin(n, 1/2), worked out with whole numbers.
  it.each([
    [5, 15, (2 * 21_700) / 2 ** 20],
    [0, 6, 2 / 64],
    [1, 9, (2 * 11) / 1024],
    [3, 3, 1],
    [0, 0, 1],
  ])('of %d against %d', (first, second, p) => {
    expect(exactMcNemar(first, second)).toBeCloseTo(p, 10);
  });

  it('is the same from both sides, and a probability', () => {
    fc.assert(
      fc.property(discordant, discordant, (first, second) => {
        const p = exactMcNemar(first, second);
        expect(p).toBe(exactMcNemar(second, first));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('shows more, the more they differ', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (n) => {
        expect(exactMcNemar(0, n + 1)).toBeLessThanOrEqual(exactMcNemar(0, n));
      }),
    );
  });
});

describe('holm', () => {
  it('corrects as in a worked example, in the order given', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [place, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[place]).toBeCloseTo(p, 12);
  });

  it('never lowers a p or changes their order, and leaves one alone as it is', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const adjusted = holm(values);
        const pairs = values.map((p, place) => ({ p, by: adjusted[place] ?? Number.NaN }));
        for (const { p, by } of pairs) expect(by).toBeGreaterThanOrEqual(p);
        const sorted = pairs.sort((a, b) => a.p - b.p || a.by - b.by).map(({ by }) => by);
        expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
        if (values.length === 1) expect(adjusted).toEqual(values);
      }),
    );
  });
});
