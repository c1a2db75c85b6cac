import type { ComparedRun, ComparedSum } from './compare-output.ts';

type Compared = Pick<
  ComparedRun | ComparedSum,
  'securedAndKept' | 'bySeverity' | 'linesChanged' | 'costUsd' | 'tokens'
> &
  Partial<Pick<ComparedRun, 'gates'>>;

/**
 * The best way: secured and kept before anything else, and rather where it was run than where it was not; then the
 * fewest counted findings, the severe ones first; then the cheapest, where an unknown price is dearer than any; then the
 * fewest tokens. The first of equals, since times differ by chance; undefined of none.
 */
export function bestOf<T extends Compared>(rows: readonly T[]): T | undefined {
  return [...rows].sort((a, b) => compareRanks(rankOf(a), rankOf(b)))[0];
}

/** Less is better, the first figure that differs decides. */
function rankOf(row: Compared): number[] {
  const { high, medium, low } = row.bySeverity.after;
  return [
    -Number(row.securedAndKept),
    row.securedAndKept && row.linesChanged > 0 && row.gates?.behavior === 'not-run' ? 1 : 0,
    high,
    medium,
    low,
    row.costUsd ?? Number.POSITIVE_INFINITY,
    row.tokens.prompt + row.tokens.completion,
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((figure, index) => figure !== b[index]);
  const [left = 0, right = 0] = [a[at], b[at]];
  return at === -1 ? 0 : left < right ? -1 : 1;
}
