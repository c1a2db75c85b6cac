import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { countOf } from '#domain/report/wording.ts';
import { benchmarkTables, READING } from './benchmark-tables.ts';
import { inert, tableBlocks } from './markdown-table.ts';

/** The tables of a benchmark as GitHub-flavored Markdown. */
export function renderBenchmarkMarkdown(result: BenchmarkResult): string {
  const counts = [countOf(result.programs, 'program'), countOf(result.arms.length, 'arm')].join(', ');
  const blocks = [
    `# Benchmark: ${counts}`,
    result.about.map(({ name, value }) => `- ${inert(name)}: ${inert(value)}`).join('\n'),
    READING.join(' '),
    ...benchmarkTables(result).flatMap(tableBlocks),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
