import { html } from 'hono/html';
import { type LineFate, lineFates } from '#domain/report/line-fates.ts';
import { codeLines, flaggedLines, formatRisk } from '#domain/report/risk-lines.ts';
import { cutStep, foundBy, nothingFlagged, proposalWords } from '#domain/report/risk-words.ts';
import { countOf } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import type { Flow, FlowStep, RiskMap } from '#domain/risk.ts';
import { badge, cweLink, figureHead, foreign, type Html, table } from './html-parts.ts';
import { riskLegend, riskyCode } from './html-risk-lines.ts';
import { removedLines } from './removed-lines.ts';

/** More lines or flows are counted, not shown. */
const MOST = 100;

/** Where the gGAN looks: the flagged lines, the flows, and the original tinted; '' where it was not asked. */
export function riskSection(report: Report): Html | '' {
  const { risk, original } = report;
  if (risk === null) return '';
  const fateOf = lineFates(report, () => removedLines(report));
  return html`<section aria-labelledby="risk"><h2 id="risk">Where the graph network looks</h2>
<p>The graph network (gGAN) gives the original a risk of ${formatRisk(risk.risk)}. ${flaggedWords(risk)}
Its word alone makes no code insecure, and an edit at its word stays only where every check accepts it.</p>
${flaggedTable(risk, original.code, fateOf)}
${flowList(risk, fateOf)}
${
  risk.lines.length === 0
    ? ''
    : html`<details><summary>The original, line by line</summary>
${riskLegend(risk)}
${riskyCode(original.code, risk)}</details>`
}
</section>`;
}

function flaggedWords(risk: RiskMap): string {
  const flagged = flaggedLines(risk).length;
  if (flagged === 0) return nothingFlagged(risk);
  return `${flagged} of ${countOf(risk.lines.length, 'line')} ${flagged === 1 ? 'has' : 'have'} a risk of ${formatRisk(risk.threshold)} or more and so ${flagged === 1 ? 'is' : 'are'} flagged.`;
}

function flaggedTable(risk: RiskMap, code: string, fateOf: (line: number) => LineFate): Html | '' {
  const flagged = flaggedLines(risk);
  if (flagged.length === 0) return '';
  const source = codeLines(code);
  const rows = flagged.slice(0, MOST).map((line) => {
    const fate = fateOf(line.line);
    return html`<tr><td class="figure" data-label="line">${line.line}</td><td class="figure" data-label="risk">${formatRisk(line.risk)}</td>
<td>${cweLink(line.cwe)}</td><td class="text"><code>${foreign(shortened(source[line.line - 1] ?? ''))}</code><br><small>${proposalWords(line)}</small></td>
<td class="text">${fateBadge(fate)} ${fateDetails(fate)}<br><small>${foreign(foundBy(fate) || 'no analyzer found anything here')}</small></td></tr>`;
  });
  const head = [figureHead('Line'), figureHead('Risk'), 'Weakness', 'Code', 'What was done'];
  return html`${table('Flagged lines, the riskiest first', head, rows, 'stacked')}
${moreThan(flagged.length, 'flagged line')}`;
}

function fateBadge({ changed, declined }: LineFate): Html {
  if (changed) return badge('fixed', 'changed');
  return declined.length > 0 ? badge('remaining', 'declined') : badge('informational', 'left as it is');
}

function fateDetails({ changed, operators, declined }: LineFate): Html {
  if (changed) return html`${operators.length === 0 ? '' : `by ${operators.join(', ')}`}`;
  return html`${declined.map((reason) => html`${foreign(reason)} `)}`;
}

function shortened(text: string): string {
  const cut = [...text.slice(0, 400)].slice(0, 200).join('').trim();
  return text.trim().length > cut.length ? `${cut}…` : cut;
}

function flowList({ flows }: RiskMap, fateOf: (line: number) => LineFate): Html | '' {
  if (flows.length === 0) return '';
  return html`<h3>Flows that it would cut</h3>
${flows.slice(0, MOST).map((flow) => flowBlock(flow, fateOf))}
${moreThan(flows.length, 'flow')}`;
}

function flowBlock(flow: Flow, fateOf: (line: number) => LineFate): Html {
  const { cwe, cut, path } = flow;
  const cutAfter = cutStep(flow);
  const changed = [...new Set(path.map(({ line }) => line))].filter((line) => fateOf(line).changed);
  const last = path.length - 1;
  return html`<div class="flow"><p>${cweLink(cwe)}, certainty ${formatRisk(cut)}: from line ${path[0]?.line} to line ${path[last]?.line}. ${
    changed.length === 0 ? 'Nothing on it was changed.' : `Changed on it: line ${changed.join(', ')}.`
  }</p>
<ol>${path.map((step, index) => flowStep(step, index === 0 ? 'start' : index === last ? 'end' : '', index === cutAfter))}</ol></div>`;
}

function flowStep({ line, text }: FlowStep, role: string, isCut: boolean): Html {
  return html`<li>line ${line} <code>${foreign(text)}</code>${role === '' ? '' : html` <small>${role}</small>`}${isCut ? html`<div class="cut"><span aria-hidden="true">✂ </span>would be cut here</div>` : ''}</li>`;
}

function moreThan(all: number, noun: string): Html | '' {
  return all > MOST ? html`<p>And ${countOf(all - MOST, `more ${noun}`)}.</p>` : '';
}
