import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './verdict.ts';

const base = { analyzable: true, failed: false, changed: true, goal: true, compiles: true, before: 2 };

describe('verdictOf', () => {
  it.each([
    ['secured', {}],
    ['hardened', { before: 0 }],
    ['already-secure', { changed: false, before: 0 }],
    ['unchanged', { changed: false, goal: false }],
    ['improved', { goal: false }],
    ['improved', { compiles: false }],
    ['improved', { goal: false, failed: true }],
    ['failed', { changed: false, goal: false, failed: true }],
    ['failed', { analyzable: false, changed: false, goal: false, before: 0 }],
  ] as const)('%s for %o', (verdict, over) => {
    expect(verdictOf({ ...base, ...over })).toBe(verdict);
  });
});
