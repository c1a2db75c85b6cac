import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countInvisible, visibleLine, visibleText } from './visible-text.ts';

describe('visible text', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '<U+001B>[31mred'],
    ['a direction override', 'a\u202eb\u2066c', 'a<U+202E>b<U+2066>c'],
    ['zero width', 'pass\u200bword\ufeff', 'pass<U+200B>word<U+FEFF>'],
    ['a C1 control', '\u009b2J', '<U+009B>2J'],
    ['a tag character', '\u{e0041}', '<U+E0041>'],
    ['an invisible letter', '\u3164', '<U+3164>'],
    ['a carriage return', 'good\rbad', 'good<U+000D>bad'],
    ['an unpaired surrogate', '\ud800', '<U+D800>'],
    ['plain text of any language', 'naïve Übung 変数 𝒳 עברית\n\tx', 'naïve Übung 変数 𝒳 עברית\n\tx'],
  ])('shows %s', (_name, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('keeps a line a line', () => {
    expect(visibleLine('a\nb\tc')).toBe('a<U+000A>b<U+0009>c');
  });

  it('never lets a control or an invisible character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u);
        expect(visibleLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('does not count the line ends of a CRLF file', () => {
    expect(countInvisible('a\r\nb\r\n')).toBe(0);
    expect(countInvisible('a\rb\u202e')).toBe(2);
  });
});
