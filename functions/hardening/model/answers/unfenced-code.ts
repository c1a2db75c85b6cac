import type { Parser } from 'web-tree-sitter';
import { isWellFormed } from '../prompts/python-texts.ts';

const MAX_TRIES = 12;
/** All tries together: an answer of usual length gets them all. */
const MAX_PARSED = 500_000;
/** How a line of code can begin that is no line of prose. */
const CODE_LINE =
  /^(?:import [\w.]+|from [\w.]+ import |(?:async )?def \w+ ?\(|class \w+ ?[(:]|@[\w.]+|[A-Za-z_][\w.]* ?(?:: ?[\w[\], .]+)?= ?\S|if .+:$|for .+ in .+:$|with .+:$|try:$|while .+:$|[A-Za-z_][\w.]*\(.*\)?$|#!|"""|''')/;

/**
 * Finds the code in an answer without fences: prose before the first line of code and paragraphs behind the last
 * are left out, until the rest parses. Null where nothing does, or nothing looks like code.
 */
export function unfencedCode(parser: Parser, text: string, names: readonly string[]): string | null {
  const lines = text.split('\n').map((line) => (/^\s*`+\s*$/.test(line) ? '' : line));
  const begins = lines.flatMap((line, index) => (CODE_LINE.test(line) ? [index] : []));
  if (looksLikeCode(text, names) && isWellFormed(parser, text)) return text;
  let tries = 0;
  let parsed = text.length;
  for (const begin of begins.slice(0, 3)) {
    for (const end of ends(lines, begin)) {
      const code = lines.slice(begin, end).join('\n');
      tries += 1;
      parsed += code.length;
      if (tries > MAX_TRIES || parsed > MAX_PARSED) return null;
      if (looksLikeCode(code, names) && isWellFormed(parser, code)) return code;
    }
  }
  return null;
}

/** Where the code may end: at the last line, or before one of the last paragraphs. */
function ends(lines: readonly string[], begin: number): number[] {
  const found = [lines.length];
  for (let index = lines.length - 1; index > begin && found.length < MAX_TRIES / 2; index -= 1) {
    if (lines[index - 1]?.trim() === '' && /^\S/.test(lines[index] ?? '')) found.push(index);
  }
  return found;
}

function looksLikeCode(text: string, names: readonly string[]): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const last = names.map((name) => name.split('.').at(-1)?.replace(/#\d+$/, '') ?? name);
  return (
    lines.some((line) => CODE_LINE.test(line)) &&
    (last.length === 0 || lines.length > 1 || last.some((name) => text.includes(name)))
  );
}
