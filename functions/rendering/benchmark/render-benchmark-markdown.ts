import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { visibleLine } from '../visible-text.ts';
import { countOf } from '../wording.ts';
import { benchmarkTables, READING } from './benchmark-tables.ts';
import type { ShownCell, ShownTable } from './shown-table.ts';

/** Characters that mean something in Markdown or in the HTML that it allows. */
const SPECIAL = /[\\`*_{}[\]<>()#!|~&@:$]/g;

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

function tableBlocks({ title, notes, names, figures, rows }: ShownTable): string[] {
  const lines = [
    [...names, ...figures].map(inert),
    [...names.map(() => '---'), ...figures.map(() => '--:')],
    ...rows.map((row) => [...row.names.map(inert), ...row.figures.map(cellText)]),
  ];
  return [
    `## ${inert(title)}`,
    notes.map(inert).join(' '),
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ];
}

function cellText({ text, detail, beside }: ShownCell): string {
  return [text && inert(text), detail && `[${inert(detail)}]`, beside && `(${inert(beside)})`]
    .filter((part) => part !== '')
    .join(' ');
}

/** Text that stands for itself: one line, nothing in it is read as Markdown. */
function inert(text: string): string {
  return visibleLine(text).replace(SPECIAL, '\\$&');
}
