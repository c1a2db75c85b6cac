/**
 * Chooses among the blocks of an answer, in the order in which they stand: the one that defines most of the requested
 * names, of equals the last, since models show the old code before the new; then every other that defines a name
 * which is not there yet, and those that only import. Where none defines any, the longest.
 */
export function chooseBlocks(blocks: readonly string[], names: readonly string[]): string {
  const wanted = names
    .map((name) => name.split('.').at(-1)?.replace(/#\d+$/, '') ?? name)
    .filter((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
  const defined = blocks.map((block) => wanted.filter((name) => defines(block, name)));
  const most = Math.max(0, ...defined.map((found) => found.length));
  if (most === 0) return longest(blocks);
  const best = defined.findLastIndex((found) => found.length === most);
  const chosen = new Set([best]);
  const there = new Set(defined[best]);
  for (const [index, found] of [...defined.entries()].reverse()) {
    if (!found.some((name) => !there.has(name))) continue;
    chosen.add(index);
    for (const name of found) there.add(name);
  }
  return blocks.filter((block, index) => chosen.has(index) || onlyImports(block)).join('\n\n');
}

function defines(block: string, name: string): boolean {
  return new RegExp(`^[ \\t]*(?:async[ \\t]+)?(?:def|class)[ \\t]+${name}\\b`, 'mu').test(block);
}

function onlyImports(block: string): boolean {
  return block.split('\n').every((line) => /^\s*(?:$|#|import\s|from\s+\S+\s+import\s)/.test(line));
}

function longest(blocks: readonly string[]): string {
  return blocks.reduce((best, block) => (block.length >= best.length ? block : best), '');
}
