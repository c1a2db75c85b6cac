import { diffLines } from 'diff';

const decoder = new TextDecoder();

/** Lines removed from `before` plus lines added in `after`. */
export function changedLines(before: Uint8Array, after: Uint8Array): number {
  return diffLines(decoder.decode(before), decoder.decode(after))
    .filter((part) => part.added || part.removed)
    .reduce((sum, part) => sum + part.count, 0);
}
