import { html as renderDiff } from 'diff2html';
import { type DiffFile, type DiffLine, LineType } from 'diff2html/lib/types.js';
import { raw } from 'hono/html';
import { type Hunk, hunkHeader } from './unified-diff.ts';
import { visibleText } from './visible-text.ts';

type Escaped = ReturnType<typeof raw>;

/** Longer lines and larger blocks are shown without marking the words that changed: that search is quadratic. */
const LIMITS = {
  maxLineLengthHighlight: 500,
  matchingMaxComparisons: 400,
  maxLineSizeInBlockForComparison: 200,
};

// The library's own templates bring collapsing file headers, icons and a layout of absolute positions.
const templates = {
  'generic-wrapper': '{{{content}}}',
  'generic-file-path': '',
  'generic-empty-diff': '',
};
const unifiedTemplates = {
  ...templates,
  'line-by-line-file-diff':
    '<table class="diff"><caption class="sr">Unified diff</caption><thead class="sr"><tr><th scope="col">Line before</th><th scope="col">Line after</th><th scope="col">Code</th></tr></thead><tbody>{{{diffs}}}</tbody></table>',
  'line-by-line-numbers': '<td class="num">{{oldNumber}}</td><td class="num">{{newNumber}}</td>',
  'generic-block-header': '<tr class="hunk"><td class="num" colspan="2"></td><td>{{{blockHeader}}}</td></tr>',
  'generic-line':
    '<tr class="{{type}}">{{{lineNumber}}}<td class="code"><span class="sign">{{{prefix}}}</span>{{{content}}}</td></tr>',
};
const splitTable = (caption: string, side: string) =>
  `<div class="side" tabindex="0" role="region" aria-label="${caption}"><table class="diff"><caption class="sr">${caption}</caption><thead class="sr"><tr><th scope="col">Line</th><th scope="col">Code</th></tr></thead><tbody>{{{diffs.${side}}}}</tbody></table></div>`;
const splitTemplates = {
  ...templates,
  'side-by-side-file-diff': `<div class="sides">${splitTable('Before', 'left')}${splitTable('After', 'right')}</div>`,
  'generic-block-header':
    '<tr class="hunk"><td class="num"></td><td>{{#blockHeader}}{{{blockHeader}}}{{/blockHeader}}{{^blockHeader}}&nbsp;{{/blockHeader}}</td></tr>',
  'generic-line':
    '<tr class="{{type}}"><td class="num">{{{lineNumber}}}</td><td class="code"><span class="sign">{{{prefix}}}</span>{{{content}}}</td></tr>',
};

/** The diff as tables, once unified and once side by side, with the code escaped and made visible. */
export function htmlDiff(hunks: readonly Hunk[]): { unified: Escaped; split: Escaped } {
  // The library is given lines instead of a patch: its parser can be misled by code that looks like one.
  const file = diffFile(hunks);
  const options = { ...LIMITS, drawFileList: false, matching: 'words' } as const;
  return {
    unified: raw(
      renderDiff([file], { ...options, outputFormat: 'line-by-line', rawTemplates: unifiedTemplates }),
    ),
    split: raw(
      renderDiff([file], { ...options, outputFormat: 'side-by-side', rawTemplates: splitTemplates }),
    ),
  };
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
