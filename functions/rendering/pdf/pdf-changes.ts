import { Text } from '@react-pdf/renderer';
import { createElement } from 'react';
import { partName, partTargets } from '#domain/report/model-words.ts';
import { openDecisions } from '#domain/report/open-decisions.ts';
import { sourceWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { diffHunks, type Hunk, hunkHeader } from '../unified-diff.ts';
import { colors, heading, limited, type PdfNode, type Printer, paragraph, row, styles } from './pdf-parts.ts';
import { codeRows } from './pdf-text.ts';

const MOST_EDITS = 100;

/** Rows of the diff in all, and of one line of code; a page has about 75. */
const MOST_ROWS = 1500;
const MOST_ROWS_OF_LINE = 12;

/** Characters of code in a row, beside the two line numbers and the sign. */
const WIDTH = 104;

/** What the reader has to do: variables to set, places to decide on; nothing where there is none. */
export function leftToDoPart(report: Report, printer: Printer): PdfNode[] {
  const decisions = openDecisions(report);
  if (report.environment.length === 0 && decisions.length === 0) return [];
  return [
    heading('Left to you'),
    ...limited(
      report.environment,
      MOST_EDITS,
      ({ name, required }) =>
        row(
          `variable-${name}`,
          [
            { text: name, width: 4, isBold: true },
            {
              text: required
                ? 'Required: set it before the program runs.'
                : 'Optional: there is a harmless default.',
              width: 10,
            },
          ],
          printer,
        ),
      printer,
    ),
    ...limited(
      decisions,
      MOST_EDITS,
      ({ line, about, reason }, index) =>
        row(
          `decision-${index}`,
          [
            { text: about, width: 4, isBold: true, notes: [`line ${line}`] },
            { text: reason, width: 10 },
          ],
          printer,
        ),
      printer,
    ),
  ];
}

/** What was changed and why, and the unified diff. */
export function changesPart(report: Report, printer: Printer): PdfNode[] {
  const { edits, repaired, original, secured } = report;
  const hunks = diffHunks(original.code, secured.code);
  return [
    heading('Changes'),
    ...limited(
      edits,
      MOST_EDITS,
      ({ id, operator, line, cwe, summary, source }) =>
        row(
          `edit-${id}`,
          [
            {
              text: operator,
              width: 4,
              isBold: true,
              notes: [`line ${line}${cwe === null ? '' : `, ${cwe}`}`],
            },
            { text: summary, width: 10, notes: [`asked for by ${sourceWords[source]}`] },
          ],
          printer,
        ),
      printer,
    ),
    ...limited(
      repaired,
      MOST_EDITS,
      (part, index) =>
        row(
          `repaired-${index}`,
          [
            { text: partName(part), width: 4, isBold: true, notes: [`line ${part.line}`] },
            { text: `rewritten by the model, to be rid of ${partTargets(part)}`, width: 10 },
          ],
          printer,
        ),
      printer,
    ),
    ...(hunks.length === 0
      ? [paragraph('same', 'The code is the same as it came.', printer)]
      : diff(hunks, printer)),
  ];
}

type Block = { sign: string; rows: string[] };

const grounds: Record<string, string | undefined> = { '+': colors.added, '-': colors.removed };

/** Lines that follow each other with one sign are one text: thousands of texts would take minutes to lay out. */
function diff(hunks: readonly Hunk[], printer: Printer): PdfNode[] {
  const blocks: Block[] = [];
  let room = MOST_ROWS;
  for (const hunk of hunks) {
    if (room <= 0) break;
    const made = hunkBlocks(hunk, room, printer);
    room -= made.reduce((sum, { rows }) => sum + rows.length, 0);
    blocks.push(...made);
  }
  const nodes = blocks.map(({ sign, rows }, index) =>
    createElement(
      Text,
      {
        // Blocks have no identity but their place.
        key: `block-${index}`,
        style: [
          styles.code,
          sign === '@' ? { color: colors.soft, marginTop: 6 } : {},
          grounds[sign] === undefined ? {} : { backgroundColor: grounds[sign] },
        ],
      },
      rows.join('\n'),
    ),
  );
  const isCut = room <= 0;
  return isCut
    ? [...nodes, paragraph('cut', 'The diff goes on: take it as a patch.', printer, 'soft')]
    : nodes;
}

function hunkBlocks(hunk: Hunk, room: number, { mono }: Printer): Block[] {
  const blocks: Block[] = [{ sign: '@', rows: [hunkHeader(hunk)] }];
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  let left = room - 1;
  for (const line of hunk.lines) {
    if (left <= 0) break;
    const sign = line.slice(0, 1);
    // Said on the line that it belongs to, as it is no line of the code.
    if (sign === '\\') continue;
    const numbers = [sign === '+' ? '' : String(oldLine), sign === '-' ? '' : String(newLine)];
    if (sign !== '+') oldLine += 1;
    if (sign !== '-') newLine += 1;
    const rows = codeRows(line.slice(1), { width: WIDTH, most: MOST_ROWS_OF_LINE }, mono).map(
      (text, index) => {
        const [before, after] = index === 0 ? numbers : ['', ''];
        const row = `${before?.padStart(5)} ${after?.padStart(5)} ${index === 0 ? sign : ' '} ${text}`;
        // The layout drops spaces at the beginning of a line.
        return row.replace(/^ +/, (spaces) => '\u00a0'.repeat(spaces.length));
      },
    );
    left -= rows.length;
    const last = blocks.at(-1);
    if (last?.sign === sign) last.rows.push(...rows);
    else blocks.push({ sign, rows });
  }
  return blocks;
}
