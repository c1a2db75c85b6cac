import { diffArrays } from 'diff';

/** A run of lines that differ: `oldLines` at `oldStart` of the one text stand where `newLines` stand in the other. */
export type LineChange = {
  /** Counted from 0; a change without lines on a side stands before this line. */
  oldStart: number;
  newStart: number;
  /** With their line ends. */
  oldLines: string[];
  newLines: string[];
};

/** As in the patch: beyond, what differs is shown as replaced in one piece, since the search takes the square of it. */
const MAX_EDIT_LENGTH = 4000;

/** A text's lines with their ends, so that a last line without one differs from the same line with it. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The changes that lead from one text to another, in order; none where they are equal. */
export function lineChanges(before: string, after: string): LineChange[] {
  if (before === after) return [];
  const old = splitLines(before);
  const fresh = splitLines(after);
  const parts = diffArrays(old, fresh, { maxEditLength: MAX_EDIT_LENGTH });
  if (parts === undefined) return [{ oldStart: 0, newStart: 0, oldLines: old, newLines: fresh }];
  const changes: LineChange[] = [];
  let oldAt = 0;
  let newAt = 0;
  let open: LineChange | null = null;
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      oldAt += value.length;
      newAt += value.length;
      open = null;
      continue;
    }
    if (open === null) {
      open = { oldStart: oldAt, newStart: newAt, oldLines: [], newLines: [] };
      changes.push(open);
    }
    if (removed) {
      open.oldLines.push(...value);
      oldAt += value.length;
    } else {
      open.newLines.push(...value);
      newAt += value.length;
    }
  }
  return changes;
}

/** The first text with those of its changes made that `isKept` says; all of them give the second text. */
export function withChanges(
  before: string,
  changes: readonly LineChange[],
  isKept: (index: number) => boolean,
): string {
  const old = splitLines(before);
  let at = 0;
  const pieces = changes.flatMap((change, index) => {
    const same = old.slice(at, change.oldStart);
    at = change.oldStart + change.oldLines.length;
    return [...same, ...(isKept(index) ? change.newLines : change.oldLines)];
  });
  return endedLines([...pieces, ...old.slice(at)]).join('');
}

/** Only the last line may lack its end: a change that brought or took one away may have been left out. */
function endedLines(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index < lines.length - 1 && !line.endsWith('\n') ? `${line}\n` : line));
}

/**
 * The lines of the second text, counted from 1, that stand where `first` to `last` of the first text stood; null where
 * they were removed without replacement.
 */
export function linesAfter(
  changes: readonly LineChange[],
  first: number,
  last: number,
): { first: number; last: number } | null {
  const start = placeAfter(changes, first - 1, 'start');
  const end = placeAfter(changes, last - 1, 'end');
  return end > start ? { first: start + 1, last: end } : null;
}

/** Where a line of the first text begins or ends in the second one; inside a change, where the change does. */
function placeAfter(changes: readonly LineChange[], line: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { oldStart, newStart, oldLines, newLines } of changes) {
    if (oldStart > line) break;
    if (line < oldStart + oldLines.length) return side === 'start' ? newStart : newStart + newLines.length;
    shift = newStart + newLines.length - (oldStart + oldLines.length);
  }
  return line + shift + (side === 'start' ? 0 : 1);
}

/** The lines of the first text, counted from 1 as Python does, that the second one does not have as they were. */
export function removedLines(before: string, after: string): Set<number> {
  // A lone carriage return ends a line for Python, and for the graph network.
  const asLineFeeds = (code: string) => code.replaceAll(/\r(?!\n)/g, '\n');
  return new Set(
    lineChanges(asLineFeeds(before), asLineFeeds(after)).flatMap(({ oldStart, oldLines }) =>
      oldLines.map((_, index) => oldStart + index + 1),
    ),
  );
}
