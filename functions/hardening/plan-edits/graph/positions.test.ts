import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionsIn } from './positions.ts';

describe('positions', () => {
  test('count lines as Python does and columns in code points', () => {
    const text = 'a\r\nb😀c\rd\n\ne';
    const at = positionsIn(text);
    const places = [...'abcde'].map((letter) => at(text.indexOf(letter)));
    expect(places).toEqual([
      [1, 0],
      [2, 0],
      [2, 2],
      [3, 0],
      [5, 0],
    ]);
  });

  test('are those of the text before them, in whatever order they are asked for', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀', 'é', '\uD83D') });
    fc.assert(
      fc.property(words, fc.array(fc.nat(40)), (text, offsets) => {
        const at = positionsIn(text);
        for (const each of offsets) {
          const offset = Math.min(each, text.length);
          // An offset within a line break or a character has no place of its own.
          if (/\r$/.test(text.slice(0, offset)) && text[offset] === '\n') continue;
          if (/[\uD800-\uDBFF]$/.test(text.slice(0, offset)) && /^[\uDC00-\uDFFF]/.test(text.slice(offset)))
            continue;
          const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
          expect(at(offset)).toEqual([lines.length, [...(lines.at(-1) ?? '')].length]);
        }
      }),
    );
  });
});
