import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { preferredType } from './preferred-type.ts';

const OFFERED = ['application/json', 'text/html', 'text/plain'] as const;

describe('preferredType', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['nonsense', 'application/json'],
    ['text/html', 'text/html'],
    ['TEXT/HTML ; charset=utf-8', 'text/html'],
    ['text/*', 'text/html'],
    ['text/*, text/html;q=0.5', 'text/plain'],
    ['text/html;q=0.4, text/plain; q=0.5', 'text/plain'],
    ['text/html, */*;q=0.8', 'text/html'],
    ['*/*, application/json;q=0', 'text/html'],
    ['text/html;q=2', 'text/html'],
    ['image/png', null],
    ['text/html;q=0', null],
    ['*/*;q=0.000', null],
    [`${'image/png,'.repeat(1_000)}text/html`, null],
  ])('%j prefers %j', (accept, expected) => {
    expect(preferredType(accept, OFFERED)).toBe(expected);
  });

  it('gives an offered type or none for any header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (accept) => {
        expect([...OFFERED, null]).toContain(preferredType(accept, OFFERED));
      }),
    );
  });
});
