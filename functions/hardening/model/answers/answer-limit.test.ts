import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countTokens } from '#ports/count-tokens.ts';
import { answerLimit } from './answer-limit.ts';

describe('answerLimit', () => {
  it('leaves room for a fix', () => {
    const code = 'value = compute(value)\n'.repeat(100);
    expect(answerLimit(code, 'parts')).toBeGreaterThan(1.5 * countTokens(code));
    expect(answerLimit(code, 'whole')).toBeGreaterThan(1.5 * countTokens(code));
  });

  it('is never too small or too large', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), fc.nat(200), (text, times) => {
        const limit = answerLimit(text.repeat(times), 'parts');
        expect(limit).toBeGreaterThanOrEqual(256);
        expect(limit).toBeLessThanOrEqual(8192);
      }),
      { numRuns: 30 },
    );
  });
});
