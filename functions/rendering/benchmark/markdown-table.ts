import { visibleLine } from '#domain/report/visible-text.ts';
import type { ShownCell, ShownTable } from './shown-table.ts';

/** Characters that mean something in Markdown or in the HTML that it allows. */
const SPECIAL = /[\\`*_{}[\]<>()#!|~&@:$]/g;

/** Title, notes and rows of a table, each a block of Markdown. */
export function tableBlocks({ title, notes, names, figures, rows }: ShownTable): string[] {
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
export function inert(text: string): string {
  return visibleLine(text).replace(SPECIAL, '\\$&');
}
