import { compareFindings, type Severity } from '#domain/finding.ts';
import type { FindingOutcome, Outcome } from '#domain/report/finding-outcomes.ts';
import { partName, partTargets } from '#domain/report/model-words.ts';
import { visibleLine, visibleText } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import type { Paint } from './paint.ts';
import { diffHunks, hunkHeader } from './unified-diff.ts';

const severityStyles = { high: 'red', medium: 'yellow', low: 'dim' } as const satisfies Record<
  Severity,
  string
>;
const outcomeStyles = { fixed: 'green', remaining: 'yellow', introduced: 'red' } as const satisfies Record<
  Outcome,
  string
>;

/** The findings, counted ones first; the others as a number, or in full with `details`. */
export function findingLines(outcomes: readonly FindingOutcome[], details: boolean, paint: Paint): string[] {
  const sorted = [...outcomes].sort((a, b) => compareFindings(a.finding, b.finding));
  const counted = sorted.filter(({ finding }) => finding.counted);
  const others = sorted.filter(({ finding }) => !finding.counted);
  const lines = counted.map((entry) => findingLine(entry, paint));
  if (details) return [...lines, ...others.map((entry) => findingLine(entry, paint))];
  if (others.length === 0) return lines;
  return [...lines, paint('dim', `  and ${countOf(others.length, 'informational finding')} not counted`)];
}

function findingLine({ finding, outcome }: FindingOutcome, paint: Paint): string {
  const state = finding.counted ? outcome : 'informational';
  const style = finding.counted ? outcomeStyles[outcome] : 'dim';
  const place = finding.definition === '' ? '' : ` in ${visibleLine(finding.definition)}`;
  return [
    `  ${paint(style, state.padEnd(13))}`,
    paint(severityStyles[finding.severity], finding.severity.padEnd(6)),
    `${finding.rule} ${finding.cwe ?? 'no CWE'}`.padEnd(13),
    `line ${finding.line}${place}: ${visibleLine(finding.message)}`,
  ].join('  ');
}

/** The unified diff of the code, for reading: not a patch, as hostile characters are written out. */
export function diffLines({ original, secured }: Report, paint: Paint): string[] {
  return diffHunks(original.code, secured.code).flatMap((hunk) => [
    paint('cyan', hunkHeader(hunk)),
    ...hunk.lines.map((line) => diffLine(line, paint)),
  ]);
}

function diffLine(line: string, paint: Paint): string {
  // The carriage return of a CRLF line end is no news; any other is shown.
  const shown = visibleText(line.endsWith('\r') ? line.slice(0, -1) : line);
  if (line.startsWith('+')) return paint('green', shown);
  if (line.startsWith('-')) return paint('red', shown);
  return shown;
}

/** A prompt is shown up to here, and in full with `details`. */
const MOST_PROMPT_LINES = 12;

/** What a generated program was asked to do; nothing where code came in. */
export function promptLines({ prompt }: Report, details: boolean): string[] {
  if (prompt === null) return [];
  const lines = visibleText(prompt.replaceAll('\r\n', '\n'))
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
  if (details || lines.length <= MOST_PROMPT_LINES) return lines;
  const more = lines.length - MOST_PROMPT_LINES;
  return [...lines.slice(0, MOST_PROMPT_LINES), `  and ${countOf(more, 'more line')}`];
}

/** The secured program, for reading: hostile characters are written out. */
export function codeLines({ secured }: Report): string[] {
  if (secured.code === '') return [];
  return visibleText(secured.code.replaceAll('\r\n', '\n')).replace(/\n$/, '').split('\n');
}

/** The pieces of code that a model replaced, and why. */
export function repairedLines({ repaired }: Report): string[] {
  return repaired.map((part) => `  line ${part.line}  ${partName(part)}: ${partTargets(part)}`);
}
