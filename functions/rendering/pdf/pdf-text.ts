import { visibleLine, visibleText } from '#domain/report/visible-text.ts';
import type { HasGlyph } from './pdf-fonts.ts';

/** Longer texts are cut: the report as JSON has them whole. */
const MAX_CHARACTERS = 600;

/** A text on one line, as a PDF can show it: what is invisible or has no glyph is written out, such as `<U+202E>`. */
export function printable(text: string, hasGlyph: HasGlyph, max = MAX_CHARACTERS): string {
  const characters = [...visibleLine(text.slice(0, max * 2))];
  const shown = characters.slice(0, max).join('');
  return withGlyphs(characters.length > max || text.length > max * 2 ? `${shown}…` : shown, hasGlyph);
}

/**
 * A line of code as rows of a width in characters, tabs as four spaces. At most `most` rows, the last ends in `…` where
 * there is more.
 */
export function codeRows(
  line: string,
  { width, most }: { width: number; most: number },
  hasGlyph: HasGlyph,
): string[] {
  const room = width * most;
  const text = visibleText(line.slice(0, room * 2).replaceAll('\t', '    ')).replaceAll('\n', '');
  const characters = [...withGlyphs(text, hasGlyph)];
  const isCut = characters.length > room || line.length > room * 2;
  const shown = isCut ? [...characters.slice(0, room - 1), '…'] : characters;
  const rows: string[] = [];
  for (let at = 0; at < shown.length; at += width) rows.push(shown.slice(at, at + width).join(''));
  return rows.length === 0 ? [''] : rows;
}

function withGlyphs(text: string, hasGlyph: HasGlyph): string {
  return [...text]
    .map((character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      return hasGlyph(codePoint) ? character : `<U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}>`;
    })
    .join('');
}
