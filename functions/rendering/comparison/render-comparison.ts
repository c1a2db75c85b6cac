import type { CompareOutput } from '#domain/compare-output.ts';
import { inert, tableBlocks } from '../benchmark/markdown-table.ts';
import { tableLines } from '../benchmark/text-table.ts';
import { paintFor } from '../paint.ts';
import { comparisonTables, READING } from './comparison-tables.ts';

/** Columns that do not fit in a line of this length follow below. */
const LINE_WIDTH = 150;

/** A comparison for a terminal. */
export function renderComparisonText(output: CompareOutput, { color }: { color: boolean }): string {
  const paint = paintFor(color);
  const sections = [
    ...comparisonTables(output).map((table) => tableLines(table, paint, LINE_WIDTH)),
    READING.map((sentence) => paint('dim', sentence)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A comparison as GitHub-flavored Markdown. */
export function renderComparisonMarkdown(output: CompareOutput): string {
  const blocks = [...comparisonTables(output).flatMap(tableBlocks), READING.map(inert).join(' ')];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
