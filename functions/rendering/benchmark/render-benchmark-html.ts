import { html, raw } from 'hono/html';
import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import { figureHead, foreign, type Html, table } from '../html-parts.ts';
import { pagePolicy } from '../page-policy.ts';
import { benchmarkStyles } from './benchmark-styles.ts';
import { benchmarkTables, READING } from './benchmark-tables.ts';
import type { Chart } from './chart-svg.ts';
import { costChart } from './cost-chart.ts';
import { cweChart } from './cwe-chart.ts';
import type { ShownCell, ShownTable } from './shown-table.ts';

/** The sections of the page; a table belongs to the one that its id begins with. */
const SECTIONS = [
  { id: 'all', name: 'All programs' },
  { id: 'findings', name: 'By findings' },
  { id: 'cwe', name: 'By CWE' },
  { id: 'prompt-length', name: 'By prompt length' },
  { id: 'resources', name: 'Resources' },
  { id: 'compared', name: 'Comparison' },
  { id: 'pipeline', name: "The paper's pipeline" },
  { id: 'paper', name: 'The paper' },
] as const;

/** One self-contained page with charts and tables, without scripts, that opens without a network. */
export function renderBenchmarkHtml(result: BenchmarkResult): string {
  const title = `Benchmark: ${countOf(result.programs, 'program')}, ${countOf(result.arms.length, 'arm')}`;
  const tables = benchmarkTables(result);
  const sections = SECTIONS.map(({ id, name }) => ({
    id,
    name,
    tables: tables.filter((each) => each.id.startsWith(id)),
  })).filter((section) => section.tables.length > 0);
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(benchmarkStyles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · SGCode</title>
<style>${raw(benchmarkStyles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the benchmark</a>
<header><span><strong>SGCode</strong> benchmark</span></header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
<nav aria-label="Contents"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}<li><a href="#about">What was measured</a></li></ul></nav>
${sections.map(
  ({
    id,
    name,
    tables: shown,
  }) => html`<section class="tables" aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
${chartsOf(id, result)}
${shown.map(tableBlock)}</section>`,
)}
<section aria-labelledby="about"><h2 id="about">What was measured</h2>
${aboutList(result)}
<ul class="plain">${READING.map((sentence) => html`<li>${sentence}</li>`)}</ul></section>
</main>
</body>
</html>
`);
}

function aboutList({ about }: BenchmarkResult): Html | '' {
  if (about.length === 0) return '';
  return html`<dl class="settings about">${about.map(({ name, value }) => html`<dt>${foreign(name)}</dt><dd>${foreign(value)}</dd>`)}</dl>`;
}

function chartsOf(section: string, result: BenchmarkResult): Html[] {
  const charts: Record<string, () => (Chart | null)[]> = {
    all: () => [costChart(result, 'total'), costChart(result, 'costUsd')],
    cwe: () => [cweChart(result)],
  };
  return (charts[section]?.() ?? [])
    .filter((chart) => chart !== null)
    .map(
      ({
        title,
        description,
        svg,
      }) => html`<figure class="chart"><figcaption><strong>${title}</strong> ${description}</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${title}">${raw(svg)}</div></figure>`,
    );
}

function tableBlock({ title, notes, names, figures, rows }: ShownTable): Html {
  const head = [...names, ...figures.map((name) => figureHead(visibleLine(name)))];
  const body = rows.map(
    (row) =>
      html`<tr>${row.names.map((name, place) => (place < row.names.length - 1 || place === 0 ? html`<th scope="row">${foreign(name)}</th>` : html`<td>${foreign(name)}</td>`))}${row.figures.map(figureCell)}</tr>`,
  );
  return html`${notes.map((note) => html`<p class="note">${note}</p>`)}
${table(title, head, body)}`;
}

function figureCell({ text, detail, beside }: ShownCell): Html {
  if (text === '') return html`<td class="figure"></td>`;
  const interval = detail === '' ? '' : html`<small>${detail}</small>`;
  const untouched = beside === '' ? '' : html`<small>(<span class="sr">untouched: </span>${beside})</small>`;
  return html`<td class="figure">${foreign(text)}${interval}${untouched}</td>`;
}
