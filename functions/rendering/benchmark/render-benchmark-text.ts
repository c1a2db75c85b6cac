import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import { paintFor } from '../paint.ts';
import { benchmarkTables, READING } from './benchmark-tables.ts';
import { tableLines } from './text-table.ts';

/** Columns of figures that do not fit in a line follow below, with the names of their rows again. */
const LINE_WIDTH = 120;

/** The tables of a benchmark for a terminal, in lines of about `width` characters. */
export function renderBenchmarkText(
  result: BenchmarkResult,
  { color, width = LINE_WIDTH }: { color: boolean; width?: number },
): string {
  const paint = paintFor(color);
  const counts = [countOf(result.programs, 'program'), countOf(result.arms.length, 'arm')].join(', ');
  const about = result.about.map(({ name, value }) => `  ${visibleLine(name)}: ${visibleLine(value)}`);
  const sections = [
    [paint('bold', `Benchmark: ${counts}`), ...about],
    READING.map((sentence) => paint('dim', sentence)),
    ...benchmarkTables(result).map((table) => tableLines(table, paint, width)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
