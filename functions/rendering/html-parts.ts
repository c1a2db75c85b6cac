import { html } from 'hono/html';
import type { Cwe } from '#domain/finding.ts';
import { cweNumber } from '#domain/report/cwe-titles.ts';
import { visibleLine } from '#domain/report/visible-text.ts';

/** A piece of the page: escaped, so that it can stand in another piece. */
export type Html = ReturnType<typeof html>;

/** Text that somebody else wrote: isolated in direction, invisible characters written out, escaped. */
export function foreign(text: string): Html {
  return html`<bdi>${visibleLine(text)}</bdi>`;
}

/** A label that says in words what its color says. */
export function badge(kind: string, label: string): Html {
  return html`<span class="badge ${kind}">${label}</span>`;
}

/**
 * A table that scrolls by itself where the page is narrow, and by keyboard too. `stacked` sets the cells of
 * a row below one another there: for tables with a column of prose.
 */
export function table(
  caption: string,
  head: readonly (string | Html)[],
  rows: readonly Html[],
  shape: 'wide' | 'narrow' | 'stacked' = 'wide',
): Html {
  return html`<div class="scroll ${shape}" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => (typeof cell === 'string' ? html`<th scope="col">${cell}</th>` : cell))}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A heading of a column of figures. */
export function figureHead(text: string): Html {
  return html`<th scope="col" class="figure">${text}</th>`;
}

/** A CWE as a link to its page, or words where there is none. */
export function cweLink(cwe: Cwe | null): Html {
  if (cwe === null) return html`no CWE`;
  const address = `https://cwe.mitre.org/data/definitions/${cweNumber(cwe)}.html`;
  return html`<a href="${address}" rel="noopener noreferrer">${cwe}</a>`;
}
