import { StyleSheet, Text, View } from '@react-pdf/renderer';
import { createElement, type ReactElement } from 'react';
import { type Glyphs, MONO, SANS } from './pdf-fonts.ts';
import { printable } from './pdf-text.ts';

export type PdfNode = ReactElement;

/** How texts are made fit for each family. */
export type Printer = Glyphs;

/** Colors with a contrast of 4.5:1 and more on their ground. */
export const colors = {
  text: '#1b2430',
  soft: '#515d6c',
  line: '#d9dee5',
  good: '#14663a',
  partial: '#7a4d00',
  bad: '#a61b1b',
  none: '#4d5866',
  added: '#e3f5e8',
  removed: '#fdebea',
} as const;

export const styles = StyleSheet.create({
  page: {
    paddingTop: 44,
    paddingBottom: 52,
    paddingHorizontal: 40,
    fontFamily: SANS,
    fontSize: 8.5,
    color: colors.text,
  },
  // Not the page's: a text that is made when the pages are known is then not shown.
  body: { lineHeight: 1.3 },
  foot: {
    position: 'absolute',
    bottom: 24,
    fontSize: 7.5,
    color: colors.soft,
  },
  title: { fontSize: 15, fontWeight: 700, lineHeight: 1.3 },
  heading: { fontSize: 11.5, fontWeight: 700, marginTop: 14, marginBottom: 5 },
  verdict: { fontSize: 11, fontWeight: 700, lineHeight: 1.4, marginTop: 8, marginBottom: 4 },
  soft: { color: colors.soft, fontSize: 7.5 },
  row: {
    flexDirection: 'row',
    gap: 8,
    paddingVertical: 2.5,
    borderBottomWidth: 0.5,
    borderBottomColor: colors.line,
  },
  code: { fontFamily: MONO, fontSize: 7, lineHeight: 1.35, paddingHorizontal: 2 },
});

/** A heading that is not left alone at the end of a page. */
export function heading(text: string): PdfNode {
  return createElement(Text, { key: `heading-${text}`, style: styles.heading, minPresenceAhead: 60 }, text);
}

/** A paragraph; the text is made printable. */
export function paragraph(
  key: string,
  text: string,
  { sans }: Printer,
  style: 'soft' | 'verdict' | 'title' | null = null,
): PdfNode {
  return createElement(Text, { key, style: style === null ? {} : styles[style] }, printable(text, sans));
}

/** A cell of a row: its text, its share of the width, and how it stands out. */
export type Cell = { text: string; width: number; color?: string; isBold?: boolean; notes?: string[] };

/** A row of a table that no page break cuts. */
export function row(key: string, cells: readonly Cell[], { sans }: Printer): PdfNode {
  return createElement(
    View,
    { key, style: styles.row, wrap: false },
    cells.map(({ text, width, color = colors.text, isBold = false, notes = [] }, index) =>
      createElement(
        View,
        // Cells have no identity but their place.
        { key: `${key}-${index}`, style: { flexGrow: width, flexBasis: 0 } },
        createElement(Text, { style: { color, fontWeight: isBold ? 700 : 400 } }, printable(text, sans)),
        ...notes.map((note) => createElement(Text, { key: note, style: styles.soft }, printable(note, sans))),
      ),
    ),
  );
}

/** The first of many rows, and a line that says how many more there are. */
export function limited<T>(
  items: readonly T[],
  most: number,
  render: (item: T, index: number) => PdfNode,
  printer: Printer,
): PdfNode[] {
  const rest = items.length - most;
  return [
    ...items.slice(0, most).map(render),
    ...(rest > 0
      ? [
          paragraph(
            // Lists of one parent differ in how much they show.
            `more-${most}`,
            `${rest.toLocaleString('en-US')} more are in the report as JSON or HTML.`,
            printer,
            'soft',
          ),
        ]
      : []),
  ];
}
