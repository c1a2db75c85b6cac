import { html } from 'hono/html';
import { compareFindings } from '#domain/finding.ts';
import { findRule } from '#domain/policy.ts';
import { cweTitle } from '#domain/report/cwe-titles.ts';
import { type FindingOutcome, findingOutcomes, groupByCwe } from '#domain/report/finding-outcomes.ts';
import { countOf, isRead } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { badge, cweLink, figureHead, foreign, type Html, table } from './html-parts.ts';

/** The findings before and after: by CWE, then one by one, the informational ones folded away. */
export function findingsSection(report: Report): Html {
  const sorted = findingOutcomes(report).sort((a, b) => compareFindings(a.finding, b.finding));
  const counted = sorted.filter(({ finding }) => finding.counted);
  const others = sorted.filter(({ finding }) => !finding.counted);
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${counted.length === 0 ? html`<p>${noFindings(report)}</p>` : [cweTable(counted), findingTable('Counted findings, the worst first', counted)]}
${
  others.length === 0
    ? ''
    : html`<details><summary>${countOf(others.length, 'informational finding')}</summary>
${findingTable('Findings that do not count under the policy', others)}</details>`
}
</section>`;
}

function noFindings(report: Report): string {
  return isRead(report)
    ? 'No counted finding, before or after.'
    : 'Nothing is known: no analyzer could read the code.';
}

function cweTable(counted: readonly FindingOutcome[]): Html {
  const rows = groupByCwe(counted).map(({ cwe, before, after }) => {
    const isCwe = cwe.startsWith('CWE-');
    return html`<tr><th scope="row">${isCwe ? cweLink(cwe) : cwe}</th><td>${isCwe ? (cweTitle(cwe) ?? '') : ''}</td><td class="figure">${before}</td><td class="figure">${after}</td></tr>`;
  });
  return table(
    'Counted findings by weakness, before and after',
    ['Weakness', 'Title', figureHead('Before'), figureHead('After')],
    rows,
    'narrow',
  );
}

function findingTable(caption: string, outcomes: readonly FindingOutcome[]): Html {
  const rows = outcomes.map(({ finding, outcome }) => {
    const rule = findRule(finding.analyzer, finding.rule)?.name.replaceAll('_', ' ') ?? '';
    return html`<tr><td>${finding.counted ? badge(outcome, outcome) : badge('informational', outcome)}</td>
<td>${badge(finding.severity, finding.severity)}</td><td>${cweLink(finding.cwe)}</td>
<td class="figure" data-label="line">${finding.line}</td>
<td class="text">${foreign(finding.message)}<br><small>${finding.analyzer} ${foreign(finding.rule)} ${rule}, confidence ${finding.confidence}${finding.definition === '' ? '' : html`, in <code>${foreign(finding.definition)}</code>`}</small></td></tr>`;
  });
  const head = ['Outcome', 'Severity', 'Weakness', figureHead('Line'), 'What was found'];
  return table(caption, head, rows, 'stacked');
}
