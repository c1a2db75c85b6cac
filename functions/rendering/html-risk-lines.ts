import { html } from 'hono/html';
import { codeLines, formatRisk, type RiskLevel, riskLevel } from '#domain/report/risk-lines.ts';
import { visibleText } from '#domain/report/visible-text.ts';
import type { RiskMap } from '#domain/risk.ts';
import type { Html } from './html-parts.ts';

/** Above, only the surroundings of flagged lines are shown. */
const MAX_LINES = 1500;
const AROUND = 5;

/** Makes the cell with a line's risk: a figure and, where the line is flagged, a mark; tinted, and empty below. */
export function riskCells({ lines, threshold }: RiskMap): (line: number) => Html {
  const risks = new Map(lines.map(({ line, risk }) => [line, risk]));
  return (line) => {
    const risk = risks.get(line);
    const level = risk === undefined ? 0 : riskLevel(risk, threshold);
    if (risk === undefined || level === 0) return html`<td class="risk"></td>`;
    const figure = formatRisk(risk);
    if (level < 3) return html`<td class="risk r${level}" title="risk ${figure}">${figure}</td>`;
    return html`<td class="risk r3" title="risk ${figure}, flagged"><span class="sr">flagged, </span><span aria-hidden="true">▲ </span>${figure}</td>`;
  };
}

/** What the tints and the mark mean. */
export function riskLegend({ threshold }: RiskMap): Html {
  const from = (share: number) => formatRisk(threshold / share);
  return html`<p class="legend">Risk of a line of the original, as the graph network says:
<span class="risk r3">▲ ${from(1)} or more: flagged</span> <span class="risk r2">${from(2)} or more</span> <span class="risk r1">${from(4)} or more</span></p>`;
}

/** The original with every line tinted by its risk; of long code only what is around flagged lines. */
export function riskyCode(code: string, risk: RiskMap): Html {
  const source = codeLines(code);
  if (source.at(-1) === '') source.pop();
  const cell = riskCells(risk);
  const levels = new Map(risk.lines.map((line) => [line.line, riskLevel(line.risk, risk.threshold)]));
  const numbers = shownLines(source.length, levels);
  const rows = numbers.map((number, index) => {
    const isAfterGap = number > (numbers[index - 1] ?? 0) + 1;
    return html`${isAfterGap ? GAP : ''}<tr class="r${levels.get(number) ?? 0}">${cell(number)}<td class="num">${number}</td><td class="code">${visibleText(source[number - 1] ?? '')}</td></tr>
`;
  });
  return html`<div class="frame" tabindex="0" role="region" aria-label="The original with the risk of each line"><table class="diff risky">
<caption class="sr">The original with the risk of each line</caption><thead class="sr"><tr><th scope="col">Risk</th><th scope="col">Line</th><th scope="col">Code</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const GAP = html`<tr class="hunk"><td class="risk"></td><td class="num">⋯</td><td></td></tr>
`;

function shownLines(count: number, levels: ReadonlyMap<number, RiskLevel>): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  if (count <= MAX_LINES) return all;
  const near = new Set<number>();
  for (const [line, level] of levels) {
    if (level < 3) continue;
    for (let each = line - AROUND; each <= line + AROUND; each += 1) near.add(each);
  }
  return all.filter((line) => near.has(line)).slice(0, MAX_LINES);
}
