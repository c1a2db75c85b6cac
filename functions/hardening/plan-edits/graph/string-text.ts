import type { SyntaxNode } from './syntax-tree.ts';

/** Longer texts tell no more. */
const MAX_TEXT = 2000;
const OPENING = /^([A-Za-z]{0,3})("""|'''|"|')/;

/** What a string literal says: the letters before its quotes in lower case, and its text with `{}` for each value. */
export type StringText = { prefix: string; text: string };

/** Reads one string literal. What is in quotes is taken as it stands: escapes stay. */
export function stringText(code: string, literal: SyntaxNode): StringText {
  const opening = OPENING.exec(code.slice(literal.start, literal.start + 6));
  const quotes = opening?.[2] ?? '';
  let from = literal.start + (opening?.[0].length ?? 0);
  let text = '';
  for (const part of literal.children) {
    if (part.type !== 'interpolation') continue;
    text += `${code.slice(from, part.start)}{}`;
    from = part.end;
  }
  const closed = quotes !== '' && code.endsWith(quotes, literal.end) && literal.end - quotes.length >= from;
  text += code.slice(from, closed ? literal.end - quotes.length : literal.end);
  return { prefix: opening?.[1]?.toLowerCase() ?? '', text: text.slice(0, MAX_TEXT) };
}
