import { html, raw } from 'hono/html';
import { verdictWords } from '#domain/report/wording.ts';
import type { Run } from '#domain/run.ts';
import { badge, figureHead, foreign, type Html, table } from './html-parts.ts';
import { styles } from './html-styles.ts';

/** Runs as a store lists them, and where the page of older ones is. */
export type RunList = { runs: readonly Run[]; olderUrl: string | null };

const tones = { good: 'pass', partial: 'medium', bad: 'fail' } as const;

/** One self-contained page without scripts that lists runs and links to their reports. */
export function renderRuns({ runs, olderUrl }: RunList): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Runs · SGCode</title>
<style>${raw(styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the runs</a>
<header><span><strong>SGCode</strong></span></header>
<main id="main" tabindex="-1">
<h1>Runs on this machine</h1>
<section aria-labelledby="runs"><h2 id="runs">The newest first</h2>
${runs.length === 0 ? html`<p>There are none here. <code>sgcode harden FILE</code> makes one, and so does <code>POST /v1/runs</code>.</p>` : runTable(runs)}
${olderUrl === null ? '' : html`<p><a href="${olderUrl}">Older runs</a></p>`}
</section>
</main>
</body>
</html>
`);
}

function runTable(runs: readonly Run[]): Html {
  const head = ['File', 'Outcome', figureHead('Counted findings'), 'Created', 'Report'];
  return table('Files, outcomes and reports', head, runs.map(runRow));
}

function runRow(run: Run): Html {
  const findings = run.outcome?.findings;
  return html`<tr><th scope="row">${foreign(run.path)}</th><td>${outcome(run)}</td>
<td class="figure">${findings ? `${findings.before} → ${findings.after}` : ''}</td>
<td><time datetime="${run.createdAt}">${shownTime(run.createdAt)}</time></td><td>${reportLinks(run)}</td></tr>`;
}

function outcome({ status, outcome: ended, progress }: Run): Html {
  if (ended !== null) {
    const { label, symbol, tone } = verdictWords[ended.verdict];
    return html`${badge(tones[tone], `${symbol} ${label}`)}${ended.cancelled ? ' canceled' : ''}`;
  }
  const step = status === 'running' && progress !== null ? `: ${progress.step}` : '';
  return html`${badge('not-run', `${status}${step}`)}`;
}

function reportLinks({ id, status, path }: Run): Html | '' {
  if (status !== 'finished') return '';
  const address = `/v1/runs/${id}/report`;
  const ofFile = html`<span class="sr"> of ${foreign(path)}</span>`;
  return html`<a href="${address}?format=html">report${ofFile}</a> · <a href="${address}?format=patch">patch${ofFile}</a> · <a href="${address}?format=json">JSON${ofFile}</a>`;
}

function shownTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
