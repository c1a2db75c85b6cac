import { createHash } from 'node:crypto';
import { type Markish, type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** What a chart shows, for those who do not see it. */
export type ChartText = { title: string; description: string };

/** A chart to stand in a page, under its words. */
export type Chart = ChartText & { svg: string };

/** What is used of the element that a chart is. The types of browsers are not loaded here. */
type SvgElement = {
  outerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
  prepend(element: unknown): void;
  setAttribute(name: string, value: string): void;
};

/**
 * A chart as an SVG element without scripts, styles or outside references: colors are the page's variables.
 * Text in it comes out escaped.
 */
export function drawChart(text: ChartText, marks: readonly Markish[], options: PlotOptions): Chart {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const chart = plot({ ...options, marks: [...marks], document, className: 'plot' }) as unknown as SvgElement;
  // The page's policy refuses style sheets that it does not name; what this one says is in the page's own.
  chart.querySelector('style')?.remove();
  const id = `chart-${createHash('sha256').update(text.title).digest('hex').slice(0, 8)}`;
  for (const [tag, words] of [
    ['desc', text.description],
    ['title', text.title],
  ] as const) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.setAttribute('id', `${id}-${tag}`);
    element.textContent = words;
    chart.prepend(element);
  }
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-labelledby', `${id}-title`);
  chart.setAttribute('aria-describedby', `${id}-desc`);
  return { ...text, svg: String(chart.outerHTML) };
}
