import { pythonTexts, type TextToken } from './python-texts.ts';

/** Stands for a secret; as long for each, so that it does not tell the secret's length. */
export const MASK = '•••••';

/** Shorter values than this are too common to be looked for within other text. */
const MIN_CHARACTERS = 4;

const QUOTES = ["'", '"', '`'];

/** What is masked; `all` stands for every text, where there are too many secrets to look for each. */
export type Secrets = readonly string[] | 'all';

/** A piece of code that was masked, within one line; columns in code points, half-open. */
export type MaskedPiece = { line: number; column: number; endColumn: number };

export type MaskedCode = { code: string; pieces: MaskedPiece[] };

type Range = { start: number; end: number };

/**
 * Masks secrets in code. A secret that is an ordinary word is masked in string literals and comments alone, since names
 * of the same letters are none. Line breaks stay, so that every line keeps its number.
 */
export function maskCode(code: string, secrets: Secrets): MaskedCode {
  const ranges = merged([
    ...pythonTexts(code).flatMap((text) => inText(text, secrets)),
    ...(secrets === 'all' ? [] : anywhere(code, secrets)),
  ]);
  const pieces = ranges.flatMap((range) => byLine(code, range));
  let masked = '';
  let at = 0;
  for (const { start, end } of pieces) {
    masked += code.slice(at, start) + MASK;
    at = end;
  }
  return { code: masked + code.slice(at), pieces: placed(code, pieces) };
}

/** Masks secrets in words about code: a message, a reason, a prompt. */
export function maskWords(text: string, secrets: Secrets): string {
  if (secrets === 'all') return text === '' ? '' : MASK;
  return secrets.reduce((masked, secret) => {
    if (secret.length < MIN_CHARACTERS) {
      return QUOTES.reduce(
        (some, quote) => some.replaceAll(`${quote}${secret}${quote}`, `${quote}${MASK}${quote}`),
        masked,
      );
    }
    return isWord(secret)
      ? masked.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${secret}(?![\\p{L}\\p{N}_])`, 'gu'), MASK)
      : masked.replaceAll(secret, MASK);
  }, text);
}

/** A column of the code as it was, in the masked code. `pieces` are those of its line, in order. */
export function movedColumn(column: number, pieces: readonly MaskedPiece[]): number {
  let moved = column;
  for (const { column: start, endColumn: end } of pieces) {
    if (column <= start) break;
    // What points into a mask points to its end.
    moved += column >= end ? MASK.length - (end - start) : start + MASK.length - column;
    if (column < end) break;
  }
  return moved;
}

function inText({ inner, innerStart: offset }: TextToken, secrets: Secrets): Range[] {
  if (secrets === 'all') return [{ start: offset, end: offset + inner.length }];
  return secrets.flatMap((secret) => {
    if (secret === inner) return [{ start: offset, end: offset + inner.length }];
    return secret.length < MIN_CHARACTERS ? [] : placesOf(inner, secret, offset);
  });
}

function anywhere(code: string, secrets: readonly string[]): Range[] {
  return secrets
    .filter((secret) => secret.length >= MIN_CHARACTERS && !isWord(secret))
    .flatMap((secret) => placesOf(code, secret, 0));
}

function placesOf(text: string, secret: string, offset: number): Range[] {
  const places: Range[] = [];
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
    places.push({ start: offset + at, end: offset + at + secret.length });
  }
  return places;
}

/** Letters, digits and underscores only: a name could be spelled so too. */
function isWord(secret: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(secret);
}

function merged(ranges: Range[]): Range[] {
  const sorted = ranges.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const joined: Range[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

/** The parts of a range between its line breaks. */
function byLine(code: string, { start, end }: Range): Range[] {
  return [...code.slice(start, end).matchAll(/[^\r\n]+/g)].map(({ 0: part, index }) => ({
    start: start + index,
    end: start + index + part.length,
  }));
}

/** Goes through the code once, however many ranges are in a line. */
function placed(code: string, ranges: readonly Range[]): MaskedPiece[] {
  let at = 0;
  let line = 1;
  let column = 0;
  let feed = code.indexOf('\n');
  const goTo = (offset: number) => {
    while (feed !== -1 && feed < offset) {
      line += 1;
      column = 0;
      at = feed + 1;
      feed = code.indexOf('\n', at);
    }
    column += codePoints(code.slice(at, offset));
    at = offset;
    return { line, column };
  };
  return ranges.map(({ start, end }) => ({ ...goTo(start), endColumn: goTo(end).column }));
}

function codePoints(text: string): number {
  return [...text].length;
}
