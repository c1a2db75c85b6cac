import type { Flow, LineRisk, RiskMap } from '#domain/risk.ts';
import type { LineFate } from './line-fates.ts';
import { operatorWords } from './operator-words.ts';
import { flaggedLines, formatRisk, riskiestLine } from './risk-lines.ts';
import { visibleLine } from './visible-text.ts';
import { countOf } from './wording.ts';

/** The heading under which every rendering says what the gGAN says. */
export const RISK_TITLE = 'What the graph network says';

/** The risk of the file and how many lines are flagged, in one line. */
export function riskSummary(risk: RiskMap): string {
  const flagged = flaggedLines(risk).length;
  const bound = `${formatRisk(risk.threshold)} or more`;
  return `risk of the file ${formatRisk(risk.risk)}; ${flagged} of ${countOf(risk.lines.length, 'line')} flagged (${bound})`;
}

/** The sentence where no line is flagged. */
export function nothingFlagged(risk: RiskMap): string {
  const worst = riskiestLine(risk);
  if (worst === undefined) return 'No line is flagged: there is no code.';
  return `No line is flagged. The highest risk is ${formatRisk(worst.risk)}, in line ${worst.line}.`;
}

/** What the gGAN would do to the line, in words. */
export function proposalWords({ operator }: Pick<LineRisk, 'operator'>): string {
  return operator === null ? 'names no operator' : `would ${operatorWords(operator)}`;
}

/** What became of the line, in words. */
export function fateWords({ changed, operators, declined }: LineFate): string {
  if (changed) return operators.length === 0 ? 'changed' : `changed by ${operators.join(', ')}`;
  return declined.length === 0 ? 'left as it is' : 'left as it is, an edit was declined';
}

/** The rules that found something there; '' where none did. */
export function foundBy({ findings }: LineFate): string {
  const rules = [...new Set(findings.map(({ analyzer, rule }) => `${analyzer} ${rule}`))];
  return rules.length === 0 ? '' : `also found by ${rules.join(', ')}`;
}

/** `line 19 request.args['u'] → line 21 query →[cut]→ line 23 execute(query)`, made visible; a line is named once. */
export function flowWords(flow: Flow): string {
  const { path } = flow;
  const cutAfter = cutStep(flow);
  return path
    .map(({ line, text }, index) => {
      const place = line === path[index - 1]?.line ? '' : `line ${line} `;
      const arrow = index === cutAfter ? ' →[cut]→ ' : ' → ';
      return `${place}${visibleLine(text)}${index === path.length - 1 ? '' : arrow}`;
    })
    .join('');
}

/** The step behind which the flow would be cut; null where the path shown has no such step. */
export function cutStep({ path, cutAfter }: Flow): number | null {
  if (path.length === 2) return 0;
  return cutAfter !== undefined && cutAfter < path.length - 1 ? cutAfter : null;
}
