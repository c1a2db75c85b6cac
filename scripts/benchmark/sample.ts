/**
 * `size` of the items, each with the same chance, in their own order; the same for the same seed. All where there
 * are no more.
 */
export function takeSample<T>(items: readonly T[], { size, seed }: { size: number; seed: number }): T[] {
  const random = seededNumbers(seed);
  const indices = items.map((_, index) => index);
  // Fisher-Yates, from the front and only as far as the sample goes.
  for (let place = 0; place < Math.min(size, indices.length); place += 1) {
    const other = place + Math.floor(random() * (indices.length - place));
    [indices[place], indices[other]] = [indices[other] ?? 0, indices[place] ?? 0];
  }
  const chosen = new Set(indices.slice(0, size));
  return items.filter((_, index) => chosen.has(index));
}

/**
 * Numbers from 0 to below 1, the same for the same seed on every machine, which Math.random's are not: Tommy
 * Ettinger's mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c, public domain).
 */
export function seededNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
