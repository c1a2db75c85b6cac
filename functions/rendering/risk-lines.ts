import type { OperatorName } from '#domain/operators.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';
import type { LineRisk, RiskMap } from '#domain/risk.ts';
import { diffHunks } from './unified-diff.ts';

/** The lines whose risk reaches the threshold, the riskiest first. */
export function flaggedLines({ lines, threshold }: RiskMap): LineRisk[] {
  return lines.filter(({ risk }) => risk >= threshold).sort((a, b) => b.risk - a.risk || a.line - b.line);
}

/** The riskiest line, flagged or not; undefined where no line holds code. */
export function riskiestLine({ lines }: RiskMap): LineRisk | undefined {
  return lines.reduce<LineRisk | undefined>(
    (worst, line) => (worst === undefined || line.risk > worst.risk ? line : worst),
    undefined,
  );
}

/** How strongly a line is tinted: 3 is flagged, 2 is half way there, 1 a quarter, 0 not at all. */
export type RiskLevel = 0 | 1 | 2 | 3;

/** The tint of a line of this risk. */
export function riskLevel(risk: number, threshold: number): RiskLevel {
  if (risk >= threshold) return 3;
  if (risk >= threshold / 2) return 2;
  return risk >= threshold / 4 ? 1 : 0;
}

/** A figure between 0 and 1 with two digits; what is not quite 0 or 1 is not written as if it were. */
export function formatRisk(risk: number): string {
  if (risk > 0 && risk < 0.005) return '<0.01';
  if (risk < 1 && risk >= 0.995) return '>0.99';
  return risk.toFixed(2);
}

/** The code's lines as Python and the gGAN count them: a lone carriage return ends one, too. */
export function codeLines(code: string): string[] {
  return code.split(/\r\n|\r|\n/);
}

/** Whether a line ends in a lone carriage return: the diff, which goes by line feeds, then counts otherwise. */
export function hasLoneReturns(code: string): boolean {
  return /\r(?!\n)/.test(code);
}

/** What became of a line of the original. */
export type LineFate = {
  /** The line is not in the result as it was. */
  changed: boolean;
  /** The operators that began there. */
  operators: OperatorName[];
  /** Why an edit that was tried there was not made. */
  declined: string[];
  /** The analyzers' findings there. */
  findings: ReportedFinding[];
};

/** Tells what became of each line of the original, by what the report holds. */
export function lineFates({
  original,
  secured,
  edits,
  declined,
}: Pick<Report, 'original' | 'secured' | 'edits' | 'declined'>): (line: number) => LineFate {
  let removed: Set<number> | undefined;
  const isChanged = (line: number) => {
    // The diff takes the most time here: it is made only where a line is asked about.
    removed ??= removedLines(original.code, secured.code);
    return removed.has(line);
  };
  const byFingerprint = new Map(original.findings.map((finding) => [finding.fingerprint, finding]));
  const isAt = ({ id, line: planned }: { id: string; line: number }, line: number) => {
    // An edit of a later iteration counts lines in other code; the finding that it is for tells the place.
    const finding = byFingerprint.get(id.split(':')[1] ?? '');
    return finding ? isWithin(line, finding) : planned === line;
  };
  return (line) => ({
    changed: isChanged(line),
    operators: isChanged(line)
      ? [...new Set(edits.filter((edit) => isAt(edit, line)).map(({ operator }) => operator))]
      : [],
    declined: declined.filter((edit) => isAt(edit, line)).map(({ reason }) => reason),
    findings: original.findings.filter((finding) => isWithin(line, finding)),
  });
}

function isWithin(line: number, span: { line: number; endLine: number }): boolean {
  return span.line <= line && line <= span.endLine;
}

function removedLines(before: string, after: string): Set<number> {
  const removed = new Set<number>();
  const asLineFeeds = (code: string) => code.replaceAll(/\r(?!\n)/g, '\n');
  for (const { oldStart, lines } of diffHunks(asLineFeeds(before), asLineFeeds(after))) {
    let number = oldStart;
    for (const line of lines) {
      if (line.startsWith('-')) removed.add(number);
      if (line.startsWith('-') || line.startsWith(' ')) number += 1;
    }
  }
  return removed;
}
