/** Longest name that stands beside a bar or a point. */
const LONGEST = 26;

/** The name, or its beginning where it is too long for a chart. */
export function shortLabel(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`;
}

/** Positions near the ones given, in their order, at least `gap` apart and within `low` and `high` where that can be. */
export function spreadOut(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted
    .map((position, place) => ({ position, place }))
    .sort((a, b) => a.position - b.position);
  const placed: number[] = [];
  for (const { position } of order) {
    placed.push(Math.max(position, low, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  }
  let ceiling = high;
  for (let place = placed.length - 1; place >= 0; place -= 1) {
    placed[place] = Math.min(placed[place] ?? high, ceiling);
    ceiling = (placed[place] ?? high) - gap;
  }
  const result = new Array<number>(wanted.length).fill(0);
  for (const [rank, { place }] of order.entries()) result[place] = placed[rank] ?? 0;
  return result;
}
