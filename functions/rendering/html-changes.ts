import { html } from 'hono/html';
import { partName, partTargets } from '#domain/report/model-words.ts';
import { type OpenDecision, openDecisions } from '#domain/report/open-decisions.ts';
import { hasLoneReturns } from '#domain/report/risk-lines.ts';
import { countInvisible } from '#domain/report/visible-text.ts';
import { countOf, sourceWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { htmlDiff } from './html-diff.ts';
import { cweLink, figureHead, foreign, type Html, table } from './html-parts.ts';
import { riskLegend } from './html-risk-lines.ts';
import { diffHunks } from './unified-diff.ts';

/** What the reader has to do: variables to set, places to decide on; '' where there is nothing. */
export function leftToDoSection(report: Report): Html | '' {
  const decisions = openDecisions(report);
  if (report.environment.length === 0 && decisions.length === 0) return '';
  return html`<section aria-labelledby="left"><h2 id="left">Left to you</h2>
${environmentTable(report)}
${decisionTable(decisions)}
</section>`;
}

/** What was changed and why, and the diff. */
export function changesSection(report: Report): Html {
  return html`<section class="changes" aria-labelledby="changes"><h2 id="changes">Changes</h2>
${report.edits.length + report.repaired.length === 0 ? html`<p>No edit was made.</p>` : ''}
${report.edits.length === 0 ? '' : editTable(report)}
${report.repaired.length === 0 ? '' : repairedTable(report)}
${diffView(report)}
</section>`;
}

function editTable({ edits }: Report): Html {
  const rows = edits.map(
    ({
      line,
      operator,
      cwe,
      summary,
      source,
      declared,
    }) => html`<tr><td class="figure" data-label="line">${line}</td>
<th scope="row">${operator}</th><td>${cweLink(cwe)}</td>
<td class="text">${foreign(summary)}<br><small>asked for by ${sourceWords[source]}${declared.map(({ kind, name, detail }) => html`; changes the ${kind} ${foreign(name)}${detail === '' ? '' : html` (${foreign(detail)})`}`)}</small></td></tr>`,
  );
  return table(
    'Edits that were made',
    [figureHead('Line'), 'Operator', 'Weakness', 'What it did'],
    rows,
    'stacked',
  );
}

function repairedTable({ repaired }: Report): Html {
  const rows = repaired.map(
    (part) => html`<tr><td class="figure" data-label="line">${part.line}</td>
<th scope="row"><bdi>${partName(part)}</bdi></th><td class="text">${partTargets(part)}${declaredWords(part)}</td></tr>`,
  );
  return table(
    'Rewritten by the model',
    [figureHead('Line'), 'Piece of code', 'To be rid of'],
    rows,
    'stacked',
  );
}

function declaredWords({ declared }: Report['repaired'][number]): Html | '' {
  if (declared.length === 0) return '';
  return html`<br><small>may change ${declared.map(({ kind, name }, index) => html`${index === 0 ? '' : ', '}the ${kind} ${foreign(name)}`)}</small>`;
}

function environmentTable({ environment }: Report): Html | '' {
  if (environment.length === 0) return '';
  const rows = environment.map(
    ({ name, required }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${required ? 'Required: set it before the program runs.' : 'Optional: there is a harmless default.'}</td></tr>`,
  );
  return table('Environment variables that the program now reads', ['Name', 'Need'], rows, 'narrow');
}

function decisionTable(decisions: readonly OpenDecision[]): Html | '' {
  if (decisions.length === 0) return '';
  const rows = decisions.map(
    ({ line, about, reason }) =>
      html`<tr><td class="figure" data-label="line">${line}</td><th scope="row">${foreign(about)}</th><td class="text">${foreign(reason)}</td></tr>`,
  );
  return table(
    'Places for a person to decide on',
    [figureHead('Line'), 'Operator or rule', 'What to decide'],
    rows,
    'stacked',
  );
}

function diffView({ original, secured, risk }: Report): Html {
  const hunks = diffHunks(original.code, secured.code);
  if (hunks.length === 0) return html`<p>The code is the same as it came.</p>`;
  const tinted = hasLoneReturns(original.code) ? null : risk;
  const { unified, split } = htmlDiff(hunks, tinted);
  return html`<fieldset><legend>Diff</legend>
<span><input type="radio" name="view" id="view-unified" checked><label for="view-unified">Unified</label></span>
<span><input type="radio" name="view" id="view-split"><label for="view-split">Side by side</label></span></fieldset>
${invisibleNote(original.code, secured.code)}
${tinted === null ? '' : riskLegend(tinted)}
<div class="frame unified" tabindex="0" role="region" aria-label="Unified diff">${unified}</div>
<div class="frame split">${split}</div>`;
}

function invisibleNote(before: string, after: string): Html | '' {
  const invisible = Math.max(countInvisible(before), countInvisible(after));
  if (invisible === 0) return '';
  return html`<p>The code holds ${countOf(invisible, 'character')} that would be invisible or would turn the direction of text. They are written out here, such as <code>&lt;U+202E&gt;</code>.</p>`;
}
