import { visibleLine } from '#domain/report/visible-text.ts';
import type { Paint } from '../paint.ts';
import { EMPTY_CELL, type ShownCell, type ShownTable } from './shown-table.ts';

const GAP = '  ';

type Column = { cells: readonly string[]; width: number };

/** A table in lines of about `width` characters: figures that do not fit beside the names follow below. */
export function tableLines(table: ShownTable, paint: Paint, width: number): string[] {
  const { title, notes, rows } = table;
  const names = table.names.map((head, place) =>
    columnOf(
      head,
      rows.map((row) => row.names[place] ?? ''),
    ),
  );
  const figures = table.figures.map((head, place) =>
    columnOf(
      head,
      rows.map(({ figures: cells }) => cellText(cells[place] ?? EMPTY_CELL)),
    ),
  );
  return [
    paint('bold', visibleLine(title)),
    ...notes.map((note) => paint('dim', visibleLine(note))),
    ...blocksOf(figures, width - widthOf(names)).flatMap((block) => blockLines(names, block, paint)),
  ];
}

function blockLines(names: readonly Column[], figures: readonly Column[], paint: Paint): string[] {
  const height = names[0]?.cells.length ?? 0;
  const lines = Array.from({ length: height }, (_, row) =>
    [
      ...names.map(({ cells, width }) => (cells[row] ?? '').padEnd(width)),
      ...figures.map(({ cells, width }) => (cells[row] ?? '').padStart(width)),
    ]
      .join(GAP)
      .trimEnd(),
  );
  return lines.map((line, row) => (row === 0 ? paint('underline', line) : line));
}

/** The columns in runs that fit beside the names; one that fits nowhere stands alone. */
function blocksOf(figures: readonly Column[], width: number): Column[][] {
  const blocks: Column[][] = [];
  for (const column of figures) {
    const last = blocks.at(-1);
    if (last !== undefined && widthOf([...last, column]) <= width) last.push(column);
    else blocks.push([column]);
  }
  return blocks;
}

function columnOf(head: string, body: readonly string[]): Column {
  const cells = [head, ...body].map(visibleLine);
  return { cells, width: Math.max(...cells.map((cell) => cell.length)) };
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, 0);
}

function cellText({ text, detail, beside }: ShownCell): string {
  return [text, detail && `[${detail}]`, beside && `(${beside})`].filter((part) => part !== '').join(' ');
}
