import type { CodeOrMalformed } from './model-prompt.ts';

/** What stands in the prompt for a text of the program. */
export type Placeholder = {
  /** `literal`: a whole string literal; `piece`: a stretch of text within one, or of broken code. */
  kind: 'comment' | 'literal' | 'piece';
  original: string;
  /** For a literal: its letters and quotes. */
  opening: string;
  quotes: string;
};

const TOKEN = /(#[ \t]*)?\[(comment|text) (\d{1,6})\]/g;
const QUOTES = ['"""', "'''", '"', "'"];

/** Hands out placeholders that the given codes do not hold, and puts the originals back. */
export function createPlaceholders(codes: readonly string[]) {
  const known = new Map<string, Placeholder>();
  const taken = new Set(
    codes.flatMap((code) => [...code.matchAll(TOKEN)].map(([, , kind, number]) => `${kind} ${number}`)),
  );
  let number = 0;

  function add(placeholder: Placeholder): string {
    const word = placeholder.kind === 'comment' ? 'comment' : 'text';
    do number += 1;
    while (taken.has(`${word} ${number}`));
    known.set(`${word} ${number}`, placeholder);
    const token = `[${word} ${number}]`;
    if (placeholder.kind === 'comment') return `# ${token}`;
    return `${placeholder.opening}${token}${placeholder.quotes}`;
  }

  function restore(answer: string): CodeOrMalformed {
    let code = '';
    let from = 0;
    for (const match of answer.matchAll(TOKEN)) {
      const placeholder = known.get(`${match[2]} ${match[3]}`);
      if (!placeholder) continue;
      const place = placeOf(answer, match, placeholder);
      if (place === null) return { malformed: `${match[0]} must stay as it stands, alone in its quotes` };
      code += `${answer.slice(from, place.start)}${place.gap ?? ''}${placeholder.original}`;
      from = place.end;
    }
    return { code: code + answer.slice(from) };
  }

  return { add, restore, count: () => known.size };
}

type Place = { start: number; end: number; gap?: ' ' };

/** What the original takes the place of; null where the placeholder was put into something else. */
function placeOf(
  answer: string,
  match: RegExpExecArray,
  { kind, opening, quotes }: Placeholder,
): Place | null {
  const hash = match[1]?.length ?? 0;
  const start = match.index + hash;
  const end = match.index + match[0].length;
  if (kind === 'comment') return hash > 0 ? { start: match.index, end } : null;
  if (kind === 'piece') return { start, end };
  // One without letters may have been given some, which are then no part of it.
  if (opening !== quotes && answer.endsWith(opening, start) && answer.startsWith(quotes, end)) {
    return { start: start - opening.length, end: end + quotes.length };
  }
  const around = QUOTES.find((each) => answer.endsWith(each, start) && answer.startsWith(each, end));
  if (around === undefined) return null;
  const before = answer.slice(Math.max(0, start - around.length - 3), start - around.length);
  const letters = /(?<!\w)(?:[rbuf]|br|rb|fr|rf)$/i.exec(before)?.[0].length ?? 0;
  const place = { start: start - around.length - letters, end: end + around.length };
  // `return'[text 1]'` needs no space, but its original may begin with a letter.
  return /\w/.test(answer[place.start - 1] ?? '') ? { ...place, gap: ' ' } : place;
}
