import { partName, partTargets } from '#domain/report/model-words.ts';
import { operatorWords } from '#domain/report/operator-words.ts';
import type { Change } from './change-set.ts';

/** Where a change is and what it does, in a few words. */
export function changeTitle({ change }: Change): string {
  const { oldStart, oldLines, newLines } = change;
  if (oldLines.length === 0) return `${linesWord(newLines.length)} added after line ${oldStart}`;
  const place =
    oldLines.length === 1 ? `line ${oldStart + 1}` : `lines ${oldStart + 1} to ${oldStart + oldLines.length}`;
  return newLines.length === 0 ? `${place} removed` : `${place} replaced`;
}

/** Why a change was made: its edits and rewritten pieces, or that another change needs it. */
export function changeReasons({ edits, repaired }: Change): string[] {
  const reasons = [
    ...edits.map(({ operator }) => `${operator}: ${operatorWords(operator)}`),
    ...repaired.map((part) => `rewritten by the model: ${partName(part)}, to be rid of ${partTargets(part)}`),
  ];
  return reasons.length === 0 ? ['needed by another change, such as an import'] : reasons;
}

function linesWord(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
