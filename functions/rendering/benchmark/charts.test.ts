import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chartColors, colorsOf } from './arm-colors.ts';
import { shortLabel, spreadOut } from './chart-labels.ts';
import { costScale } from './chart-scales.ts';

const share = fc.double({ min: 0, max: 100, noNaN: true });
const positive = fc.double({ min: 1e-6, max: 1e7, noNaN: true });
const span = fc.tuple(positive, positive).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

describe('spreadOut', () => {
  it('keeps labels apart, in their order and inside', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 12 }), (wanted) => {
        const placed = spreadOut(wanted, 7, 0, 100);
        const pairs = wanted.map((at, place) => ({ at, placed: placed[place] ?? Number.NaN }));
        const sorted = pairs.sort((a, b) => a.at - b.at || a.placed - b.placed).map(({ placed: at }) => at);
        for (const [place, at] of sorted.entries()) {
          expect(at - (sorted[place - 1] ?? -1e9)).toBeGreaterThanOrEqual(7 - 1e-9);
          expect(at).toBeGreaterThanOrEqual(-1e-9);
          expect(at).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('leaves alone what is apart already', () => {
    expect(spreadOut([90, 10, 50], 7, 0, 100)).toEqual([90, 10, 50]);
  });
});

describe('costScale', () => {
  it('has room for every span, and some ticks but not many', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), (spans) => {
        const { type, domain, ticks } = costScale(spans);
        for (const { from, to } of spans) {
          expect(from).toBeGreaterThanOrEqual(type === 'linear' ? 0 : domain[0] * 0.999);
          expect(to).toBeLessThanOrEqual(domain[1] * 1.001);
        }
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(15);
      }),
    );
  });

  it('goes by powers of ten where arms are far apart, never with a 0 among them', () => {
    expect(
      costScale([
        { from: 80, to: 90 },
        { from: 7000, to: 8000 },
      ]),
    ).toMatchObject({ type: 'log', domain: [10, 10_000] });
    expect(
      costScale([
        { from: 0, to: 0 },
        { from: 7000, to: 8000 },
      ]),
    ).toMatchObject({ type: 'linear' });
  });
});

describe('colors', () => {
  it('gives the untouched input grey and each other arm its own', () => {
    const arms = ['untouched', 'a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
      name,
      kind: name === 'untouched' ? ('untouched' as const) : ('mechanism' as const),
      usesModel: false,
      usesGgan: false,
    }));
    const colors = [...colorsOf(arms).values()];
    expect(colors[0]).toBe('var(--arm-none)');
    expect(new Set(colors).size).toBe(arms.length);
    for (const scheme of Object.values(chartColors)) {
      for (const color of colors) expect(scheme).toContain(`${color.slice(4, -1)}: #`);
    }
  });

  // Backgrounds of a card in each scheme; 3:1 is what WCAG 2.2 asks of graphics (1.4.11).
  it.each([
    ['light', '#ffffff'],
    ['dark', '#192028'],
  ] as const)('stands out from a card in %s', (scheme, card) => {
    for (const [color] of chartColors[scheme].matchAll(/#[0-9a-f]{6}/g)) {
      expect(contrast(color, card)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('shortLabel', () => {
  it('keeps what fits and cuts what does not', () => {
    expect(shortLabel('promsec-0')).toBe('promsec-0');
    expect(shortLabel('x'.repeat(90))).toHaveLength(26);
  });
});

/** Contrast as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
