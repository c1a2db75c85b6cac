import { html, raw } from 'hono/html';
import type { GateResult } from '#domain/gates.ts';
import { generatedLimit } from '#domain/report/model-words.ts';
import { verdictSentence } from '#domain/report/verdict-sentence.ts';
import { visibleLine, visibleText } from '#domain/report/visible-text.ts';
import {
  countOf,
  formatCost,
  formatMs,
  gateWords,
  isRead,
  lightWords,
  verdictWords,
} from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { accountSections } from './html-account.ts';
import { changesSection, leftToDoSection } from './html-changes.ts';
import { findingsSection } from './html-findings.ts';
import { badge, foreign, type Html } from './html-parts.ts';
import { riskSection } from './html-risk.ts';
import { styles } from './html-styles.ts';
import { pagePolicy } from './page-policy.ts';

/** One self-contained page without scripts, safe to open and to send: all code in it is inert text. */
export function renderHtml(report: Report): string {
  const { label } = verdictWords[report.verdict];
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${label}: ${visibleLine(report.path)} · SGCode report</title>
<style>${raw(styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><span><strong>SGCode</strong> report</span><time datetime="${report.createdAt}">${shownDate(report.createdAt)}</time></header>
<main id="main" tabindex="-1">
<h1>${foreign(report.path)}</h1>
${verdictBlock(report)}
${promptSection(report)}
${contents(report)}
${leftToDoSection(report)}
${lightsSection(report)}
${findingsSection(report)}
${riskSection(report)}
${changesSection(report)}
${accountSections(report)}
</main>
<footer>Run <code>${report.runId}</code></footer>
</body>
</html>
`);
}

function verdictBlock(report: Report): Html {
  const { symbol, tone } = verdictWords[report.verdict];
  const { findings } = report;
  const found = [
    ['Counted findings', `${findings.before} → ${findings.after}`],
    ['Fixed', findings.fixed],
    ['Remaining', findings.remaining],
    ['Introduced', findings.introduced],
  ];
  const figures = [
    ...(isRead(report) ? found : [['Counted findings', 'unknown']]),
    ['Edits', report.edits.length],
    ...(report.repaired.length === 0 ? [] : [['Rewritten by the model', report.repaired.length]]),
    ['Time', formatMs(report.ms.total)],
    [countOf(report.modelCalls, 'model call'), formatCost(report.costUsd)],
  ];
  return html`<div class="verdict ${tone}">
<p class="said"><strong><span class="mark" aria-hidden="true">${symbol}</span> ${verdictSentence(report)}</strong></p>
<dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>`;
}

function contents({ risk }: Report): Html {
  const entries = [
    ['checks', 'Checks'],
    ['findings', 'Findings'],
    ...(risk === null ? [] : [['risk', 'Graph network']]),
    ['changes', 'Changes'],
    ['account', 'Time and cost'],
    ['settings', 'Settings'],
    ['limits', 'Limits'],
  ];
  return html`<nav aria-label="Contents"><ul>${entries.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;
}

function lightsSection(report: Report): Html {
  const lights = gateWords.map(({ name, title, ...says }) => {
    const gate = report.gates[name];
    const { symbol, word } = lightWords[gate.light];
    return html`<li class="light"><div class="top"><h3>${title}</h3>${badge(gate.light, `${symbol} ${word}`)}</div>
${sentence(says[gate.light])}
${evidence(gate)}
<dl><dt>Checked</dt><dd>${foreign(gate.checked)}</dd><dt>Not checked</dt><dd>${foreign(gate.notChecked)}</dd></dl></li>`;
  });
  const limit = generatedLimit(report);
  return html`<section aria-labelledby="checks"><h2 id="checks">Checks against the original</h2>
<ul class="lights">${lights}</ul>${limit === null ? '' : html`<p class="note">${limit}</p>`}</section>`;
}

function promptSection({ prompt }: Report): Html | '' {
  if (prompt === null) return '';
  return html`<section aria-labelledby="prompt"><h2 id="prompt">Asked for</h2>
<p class="prompt"><bdi>${visibleText(prompt.replaceAll('\r\n', '\n'))}</bdi></p></section>`;
}

function evidence({ evidence: items }: GateResult): Html | '' {
  if (items.length === 0) return '';
  return html`<ul>${items.map(({ message, line }) => html`<li>${line === null ? '' : `line ${line}: `}${foreign(message)}</li>`)}</ul>`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function shownDate(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
