import { describe, expect, it } from '@jest/globals';
import { countTokens } from './count-tokens.ts';

describe('countTokens', () => {
  // As js-tiktoken 1.0.21 counts them.
  it.each([
    ['', 0],
    ['def f(x):\n    return x\n', 8],
    ['<|endoftext|> x', 8],
  ])('of %j is %d', (text, count) => {
    expect(countTokens(text)).toBe(count);
  });

  it.each(['a', ' ', '=', '🐍'])('ends soon over a million of %j', (character) => {
    expect(countTokens(character.repeat(1_000_000))).toBeGreaterThan(1_000);
  });
});
