import type { OperatorName } from '#domain/operators.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';

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

/**
 * Tells what became of each line of the original, by what the report holds. `removedLines` gives the lines that the
 * result does not have as they were; it is asked once, and only where a line is asked about: a diff takes time.
 */
export function lineFates(
  { original, edits, declined }: Pick<Report, 'original' | 'edits' | 'declined'>,
  removedLines: () => ReadonlySet<number>,
): (line: number) => LineFate {
  let removed: ReadonlySet<number> | undefined;
  const isChanged = (line: number) => {
    removed ??= removedLines();
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
