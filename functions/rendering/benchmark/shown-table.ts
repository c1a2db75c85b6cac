/** One figure as text: what was measured, its interval or n, and the same figure of the untouched input. */
export type ShownCell = { text: string; detail: string; beside: string };

/** A table as every rendering shows it: cells are text, to be escaped by whoever writes them. */
export type ShownTable = {
  id: string;
  title: string;
  notes: readonly string[];
  /** The first columns name the row; `figures` are right-aligned. */
  names: readonly string[];
  figures: readonly string[];
  rows: readonly { names: readonly string[]; figures: readonly ShownCell[] }[];
};

/** Nothing to show: an arm has no part in it, or it was not measured. */
export const EMPTY_CELL: ShownCell = { text: '', detail: '', beside: '' };

/** A cell of words or of one bare figure. */
export function plainCell(text: string): ShownCell {
  return { ...EMPTY_CELL, text };
}

/** The table without the columns in which no row has anything; null without columns or rows. */
export function withoutEmptyColumns(table: ShownTable): ShownTable | null {
  const used = table.figures.map((_, place) => table.rows.some(({ figures }) => figures[place]?.text !== ''));
  if (table.rows.length === 0 || !used.includes(true)) return null;
  return {
    ...table,
    figures: table.figures.filter((_, place) => used[place]),
    rows: table.rows.map((row) => ({ ...row, figures: row.figures.filter((_, place) => used[place]) })),
  };
}
