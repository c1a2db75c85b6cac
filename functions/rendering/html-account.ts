import { html } from 'hono/html';
import { modelNames, roleWords } from '#domain/report/model-words.ts';
import {
  countOf,
  formatCost,
  formatMs,
  formatTokens,
  reportLimits,
  stepTimes,
} from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { figureHead, foreign, type Html, table } from './html-parts.ts';

/** What the run took, how it was set, and what the report does not say. */
export function accountSections(report: Report): Html {
  return html`${timeSection(report)}
${settingsSection(report)}
<section aria-labelledby="limits"><h2 id="limits">What this report does not say</h2>
<ul class="plain">${reportLimits(report).map((limit) => html`<li>${limit}</li>`)}</ul></section>`;
}

function timeSection({ ms, iterations, modelCalls, tokens, costUsd }: Report): Html {
  const rows = stepTimes(ms).map(
    ({ step, ms: time }) =>
      html`<tr><th scope="row">${step}</th><td class="figure">${formatMs(time)}</td><td class="figure">${share(time, ms.total)}</td></tr>`,
  );
  return html`<section aria-labelledby="account"><h2 id="account">Time and cost</h2>
${rows.length === 0 ? '' : table(`Time by step, ${formatMs(ms.total)} in all`, ['Step', figureHead('Time'), figureHead('Share')], rows, 'narrow')}
<dl class="settings"><dt>Iterations</dt><dd>${iterations}</dd><dt>Model calls</dt><dd>${modelCalls}</dd>
<dt>Tokens</dt><dd>${formatTokens(tokens)}</dd><dt>Cost</dt><dd>${formatCost(costUsd)}</dd></dl></section>`;
}

function share(time: number, total: number): string {
  return total > 0 ? `${Math.round((100 * time) / total)} %` : '';
}

function settingsSection({ settings, analyzers }: Report): Html {
  return html`<section aria-labelledby="settings"><h2 id="settings">Settings and versions</h2>
<dl class="settings"><dt>Mechanism</dt><dd>${settings.mechanism}</dd>${modelNames(settings.models).map(({ role, words }) => html`<dt>${capitalized(roleWords[role])}</dt><dd><bdi>${words}</bdi></dd>`)}<dt>Policy</dt><dd>${settings.policy}</dd>
${
  settings.ggan
    ? html`<dt>Graph network</dt><dd>asked</dd>
`
    : ''
}<dt>Limits</dt><dd>${settings.maxIterations} iterations, ${settings.maxSeconds} seconds${modelLimits(settings)}</dd>
${analyzers.map(
  ({ name, version, status, reason }) =>
    html`<dt>Analyzer</dt><dd>${name} ${foreign(version)}: ${status === 'analyzed' ? 'analyzed' : html`could not analyze${reason === null ? '' : html`, ${foreign(reason)}`}`}</dd>`,
)}</dl></section>`;
}

/** The budget, where there is a model that could spend it. */
function modelLimits({ models, budget }: Report['settings']): string {
  if (modelNames(models).length === 0) return '';
  const { maxCalls, maxTokens, maxCostUsd } = budget;
  const money = maxCostUsd === null ? '' : `, $${maxCostUsd}`;
  return `; of models ${countOf(maxCalls, 'call')}, ${maxTokens.toLocaleString('en-US')} tokens${money}`;
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
