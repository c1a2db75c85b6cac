import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { ReportedFinding } from '#domain/report.ts';

/** Findings as the editor marks them. What no longer lies in the text, since somebody typed meanwhile, is left out. */
export function diagnosticsOf(text: Text, findings: readonly ReportedFinding[]): Diagnostic[] {
  return findings.flatMap((finding): Diagnostic[] => {
    const from = offsetOf(text, finding.line, finding.column);
    if (from === null) return [];
    const line = text.lineAt(from);
    // A finding may span a whole function; marking its first line says where to look.
    const end = finding.endLine === finding.line ? offsetOf(text, finding.line, finding.endColumn) : null;
    return [
      {
        from,
        to: Math.max(from, Math.min(end ?? line.to, line.to)),
        severity: finding.counted ? (finding.severity === 'high' ? 'error' : 'warning') : 'info',
        source: finding.cwe === null ? finding.rule : `${finding.rule} · ${finding.cwe}`,
        message: finding.message,
      },
    ];
  });
}

/** The UTF-16 offset of a place whose column counts code points; null where the text has no such place. */
function offsetOf(text: Text, lineNumber: number, column: number): number | null {
  if (lineNumber > text.lines) return null;
  const line = text.line(lineNumber);
  let offset = 0;
  let seen = 0;
  for (const character of line.text) {
    if (seen === column) break;
    offset += character.length;
    seen += 1;
  }
  return seen === column ? line.from + offset : null;
}
