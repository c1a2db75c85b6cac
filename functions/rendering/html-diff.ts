import { html as renderDiff } from 'diff2html';
import { type DiffFile, type DiffLine, LineType } from 'diff2html/lib/types.js';
import { raw } from 'hono/html';
import { visibleText } from '#domain/report/visible-text.ts';
import type { RiskMap } from '#domain/risk.ts';
import { diffTemplates, RISK_CELL, sideStart } from './html-diff-templates.ts';
import { riskCells } from './html-risk-lines.ts';
import { type Hunk, hunkHeader } from './unified-diff.ts';

type Escaped = ReturnType<typeof raw>;

/** Longer lines and larger blocks are shown without marking the words that changed: that search is quadratic. */
const LIMITS = {
  maxLineLengthHighlight: 500,
  matchingMaxComparisons: 400,
  maxLineSizeInBlockForComparison: 200,
};

/**
 * The diff as tables, once unified and once side by side, with the code escaped and made visible. Lines of the
 * original carry their risk where the gGAN was asked.
 */
export function htmlDiff(
  hunks: readonly Hunk[],
  risk: RiskMap | null = null,
): { unified: Escaped; split: Escaped } {
  // The library is given lines instead of a patch: its parser can be misled by code that looks like one.
  const file = diffFile(hunks);
  const options = { ...LIMITS, drawFileList: false, matching: 'words' } as const;
  const templates = diffTemplates(risk !== null);
  const unified = renderDiff([file], {
    ...options,
    outputFormat: 'line-by-line',
    rawTemplates: templates.unified,
  });
  const split = renderDiff([file], {
    ...options,
    outputFormat: 'side-by-side',
    rawTemplates: templates.split,
  });
  if (risk === null) return { unified: raw(unified), split: raw(split) };
  const after = split.indexOf(sideStart('After'));
  const cells = withRisk(risk);
  return {
    unified: raw(cells(unified)),
    // The lines of the result have no risk: the gGAN's word is of the original.
    split: raw(cells(split.slice(0, after)) + split.slice(after).replace(RISK_CELL, '')),
  };
}

function withRisk(risk: RiskMap): (table: string) => string {
  const cell = riskCells(risk);
  return (table) => table.replace(RISK_CELL, (_, number: string) => String(cell(Number(number))));
}

function diffFile(hunks: readonly Hunk[]): DiffFile {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    oldName: 'code',
    newName: 'code',
    addedLines: lines.filter((line) => line.startsWith('+')).length,
    deletedLines: lines.filter((line) => line.startsWith('-')).length,
    isCombined: false,
    isGitDiff: false,
    language: 'py',
    blocks: hunks.map((hunk) => ({
      oldStartLine: hunk.oldStart,
      newStartLine: hunk.newStart,
      header: hunkHeader(hunk),
      lines: diffLines(hunk),
    })),
  };
}

function diffLines({ oldStart, newStart, lines }: Hunk): DiffLine[] {
  let oldNumber = oldStart;
  let newNumber = newStart;
  return lines.flatMap((line, index): DiffLine[] => {
    // Said on the line that it belongs to, as it is no line of the code.
    if (line.startsWith('\\')) return [];
    const isLast = lines[index + 1]?.startsWith('\\') ?? false;
    const content = shown(line) + (isLast ? '  (no line feed at the end)' : '');
    if (line.startsWith('+')) {
      return [{ type: LineType.INSERT, oldNumber: undefined, newNumber: newNumber++, content }];
    }
    if (line.startsWith('-')) {
      return [{ type: LineType.DELETE, oldNumber: oldNumber++, newNumber: undefined, content }];
    }
    return [{ type: LineType.CONTEXT, oldNumber: oldNumber++, newNumber: newNumber++, content }];
  });
}

/** The carriage return of a CRLF line end is no news; any other is shown. */
function shown(line: string): string {
  return visibleText(line.endsWith('\r') ? line.slice(0, -1) : line);
}
