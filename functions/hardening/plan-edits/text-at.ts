import type { Span } from '#domain/finding.ts';

/** The text in a span of lines; columns count code points. What lies outside of the lines is empty. */
export function textAt(lines: readonly string[], { line, column, endLine, endColumn }: Span): string {
  const parts: string[] = [];
  for (let each = line; each <= endLine; each += 1) {
    const points = [...(lines[each - 1] ?? '')];
    parts.push(points.slice(each === line ? column : 0, each === endLine ? endColumn : undefined).join(''));
  }
  return parts.join('\n');
}
