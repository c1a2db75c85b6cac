import type { KeepList } from '#domain/repair.ts';
import { quotedCode } from './one-line.ts';

const MOST = 12;
const LONGEST = 120;
const LONGEST_GROUP = 200;

/** What must stay in a part, in one line; none where nothing is known. `owner` names the part where it is needed. */
export function keepLines(
  { signature, routes, names, queries, commands }: KeepList,
  owner: string | null,
): string[] {
  const kinds: [string, readonly string[]][] = [
    ['', signature === '' ? [] : [signature]],
    ['routes ', routes.map((route) => route.replace(/ of [`'].*$/, ''))],
    ['', together(names)],
    ['queries ', queries],
    ['commands ', commands],
  ];
  const kept = kinds.flatMap(([word, texts]) => {
    const quoted = [...new Set(texts)]
      .slice(0, MOST)
      .map((text) => quotedCode(text, word === '' ? LONGEST_GROUP : LONGEST));
    return quoted.length === 0 ? [] : [`${word}${quoted.join(', ')}`];
  });
  if (kept.length === 0) return [];
  return [`KEEP${owner === null ? '' : ` in ${owner}`}: ${kept.join('; ')}`];
}

/**
 * What begins with the same words stands together, and what is said already is left out: that a request's form is
 * read where a parameter of it is, that an item is read whose name was there.
 */
function together(facts: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  const said = new Set<string>();
  for (const fact of facts) {
    if (/^reads the \w+ of the request$/.test(fact)) continue;
    const [, words = '', value = fact] =
      /^(?:reads the )?((?:[a-z]+ )*)(\S.*?)(?:, which must be there)?$/.exec(fact) ?? [];
    if (words === 'item ' && said.has(value)) continue;
    said.add(value.replace(/ with default .*/, ''));
    groups.set(words, [...(groups.get(words) ?? []), value]);
  }
  return [...groups].map(([words, values]) => `${words}${[...new Set(values)].join(', ')}`);
}
