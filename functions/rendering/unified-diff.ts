import { structuredPatch } from 'diff';

/** A hunk of a unified diff. Lines carry their sign, and a `\ No newline at end of file` where it belongs. */
export type Hunk = {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
};

export const NO_NEWLINE = '\\ No newline at end of file';

/** Lines around a change, as git shows them. */
const CONTEXT = 3;

/**
 * Changed lines up to which the shortest diff is searched for: the search takes time in the square of it.
 * Beyond, what differs is shown as replaced in one piece.
 */
const MAX_EDIT_LENGTH = 4000;

/** The hunks that lead from `before` to `after`; none where they are equal. */
export function diffHunks(before: string, after: string): Hunk[] {
  if (before === after) return [];
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MAX_EDIT_LENGTH,
  });
  return patch ? patch.hunks : [replacementHunk(before, after)];
}

/** The hunk in unified format, each line ended by a line feed. */
export function formatHunk(hunk: Hunk): string {
  return [hunkHeader(hunk), ...hunk.lines].map((line) => `${line}\n`).join('');
}

/** The `@@` line. A side without lines is placed after the line before it, as git does. */
export function hunkHeader({ oldStart, oldLines, newStart, newLines }: Hunk): string {
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
}

function range(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`;
  return count === 1 ? `${start}` : `${start},${count}`;
}

function replacementHunk(before: string, after: string): Hunk {
  const old = splitLines(before);
  const fresh = splitLines(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old.at(-1 - tail) === fresh.at(-1 - tail)
  ) {
    tail += 1;
  }
  const from = Math.max(0, head - CONTEXT);
  const after3 = Math.min(tail, CONTEXT);
  return {
    oldStart: from + 1,
    oldLines: old.length - tail + after3 - from,
    newStart: from + 1,
    newLines: fresh.length - tail + after3 - from,
    lines: [
      ...signed(' ', old.slice(from, head)),
      ...signed('-', old.slice(head, old.length - tail)),
      ...signed('+', fresh.slice(head, fresh.length - tail)),
      ...signed(' ', old.slice(old.length - tail, old.length - tail + after3)),
    ],
  };
}

/** Lines with their line feed, so that a last line without one differs from the same line with it. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function signed(sign: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? [`${sign}${line.slice(0, -1)}`] : [`${sign}${line}`, NO_NEWLINE],
  );
}
