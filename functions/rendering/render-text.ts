import type { AppliedEdit } from '#domain/edit-plan.ts';
import type { GateResult } from '#domain/gates.ts';
import { findingOutcomes } from '#domain/report/finding-outcomes.ts';
import { lineFates } from '#domain/report/line-fates.ts';
import { generatedLimit, modelNames, roleWords } from '#domain/report/model-words.ts';
import { openDecisions } from '#domain/report/open-decisions.ts';
import { RISK_TITLE, riskSummary } from '#domain/report/risk-words.ts';
import { verdictSentence } from '#domain/report/verdict-sentence.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import {
  countOf,
  findingFigures,
  formatCost,
  formatMs,
  formatTokens,
  gateWords,
  isRead,
  lightWords,
  reportLimits,
  sourceWords,
  stepTimes,
  verdictWords,
} from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { type Paint, paintFor } from './paint.ts';
import { removedLines } from './removed-lines.ts';
import { riskLines } from './risk-text.ts';
import { codeLines, diffLines, findingLines, promptLines, repairedLines } from './text-sections.ts';

export type TextOptions = {
  color: boolean;
  /** What every light checked and cannot tell, and the findings that do not count. */
  details?: boolean;
  diff?: boolean;
  /** The secured program in full. */
  code?: boolean;
};

const toneStyles = { good: 'green', partial: 'yellow', bad: 'red' } as const;
const lightStyles = { pass: 'green', fail: 'red', 'not-run': 'dim' } as const;

/**
 * The account of a run for a terminal, the verdict first. Whatever comes from the code, a path or a tool
 * is shown with its control, direction and invisible characters written out.
 */
export function renderText(
  report: Report,
  { color, details = false, diff = true, code = false }: TextOptions,
): string {
  const paint = paintFor(color);
  const outcomes = findingOutcomes(report);
  const blocks = [
    verdictLines(report, paint),
    section('Asked for', promptLines(report, details), paint),
    section('Program', code ? codeLines(report) : [], paint),
    section('Lights', lightsOf(report, details, paint), paint),
    section(findingTitle(report), findingLines(outcomes, details, paint), paint),
    riskBlock(report, details, paint),
    section('Edits', editLines(report), paint),
    section('Rewritten by the model', repairedLines(report), paint),
    section('Left for a person to decide', decisionLines(report), paint),
    section('Environment variables that the program now reads', environmentLines(report), paint),
    section('Diff', diff ? diffLines(report, paint) : [], paint),
    details ? section('What this does not say', reportLimits(report).map(indent), paint) : [],
    costLines(report, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function verdictLines(report: Report, paint: Paint): string[] {
  const { symbol, tone } = verdictWords[report.verdict];
  return [
    paint('bold', visibleLine(report.path)),
    `${paint([toneStyles[tone], 'bold'], symbol)} ${paint('bold', verdictSentence(report))}`,
  ];
}

function findingTitle(report: Report): string {
  return isRead(report) ? `Findings  ${findingFigures(report.findings)}` : 'Findings';
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint('bold', title), ...lines];
}

/** Flagged lines and flows beyond these are shown on demand. */
const MOST_RISKS = 10;

function riskBlock(report: Report, details: boolean, paint: Paint): string[] {
  const { risk, original, unassessed } = report;
  if (risk === null) {
    const reason = unassessed === null ? [] : [`  nothing: ${visibleLine(unassessed)}`];
    return section(RISK_TITLE, reason, paint);
  }
  const options = {
    fateOf: lineFates(report, () => removedLines(report)),
    ...(details ? {} : { most: MOST_RISKS }),
  };
  return section(
    `${RISK_TITLE}  ${riskSummary(risk)}`,
    riskLines(risk, original.code, paint, options),
    paint,
  );
}

function lightsOf(report: Report, details: boolean, paint: Paint): string[] {
  const lights = gateWords.flatMap(({ name, ...says }) => {
    const gate = report.gates[name];
    const { symbol, word } = lightWords[gate.light];
    const state = paint(lightStyles[gate.light], `${symbol} ${word.padEnd(7)}`);
    return [`  ${state}  ${name.padEnd(8)}  ${says[gate.light]}`, ...gateDetails(gate, details)];
  });
  const limit = generatedLimit(report);
  return limit === null ? lights : [...lights, indent(limit)];
}

function gateDetails(gate: GateResult, details: boolean): string[] {
  const margin = ' '.repeat(23);
  const evidence = gate.evidence.map(
    ({ message, line }) => `${margin}${line === null ? '' : `line ${line}: `}${visibleLine(message)}`,
  );
  if (!details) return evidence;
  return [
    ...evidence,
    `${margin}checked: ${visibleLine(gate.checked)}`,
    `${margin}not checked: ${visibleLine(gate.notChecked)}`,
  ];
}

function editLines({ edits }: Report): string[] {
  return edits.map(
    ({ line, operator, cwe, summary, source }) =>
      `  line ${line}  ${operator}${cwe === null ? '' : ` (${cwe})`}: ${visibleLine(summary)}${askedFor(source)}`,
  );
}

/** Said only where it is not plain: most edits are asked for by a finding. */
function askedFor(source: AppliedEdit['source']): string {
  return source === 'analyzer' ? '' : ` (asked for by ${sourceWords[source]})`;
}

function decisionLines(report: Report): string[] {
  return openDecisions(report).map(
    ({ line, about, reason }) => `  line ${line}  ${about}: ${visibleLine(reason)}`,
  );
}

function environmentLines({ environment }: Report): string[] {
  return environment.map(
    ({ name, required }) =>
      `  ${name}  ${required ? 'required: set it before the program runs' : 'optional'}`,
  );
}

function costLines(report: Report, paint: Paint): string[] {
  const { settings, ms, modelCalls, tokens, costUsd, iterations, runId } = report;
  const steps = stepTimes(ms).map(({ step, ms: time }) => `${step} ${formatMs(time)}`);
  const models = modelNames(settings.models).map(({ role, words }) => `${roleWords[role]} ${words}`);
  const spent = modelCalls === 0 ? [] : [`tokens ${formatTokens(tokens)}`];
  const shares = steps.length > 0 ? ` (${steps.join(', ')})` : '';
  return [
    paint('dim', `${formatMs(ms.total)}${shares}, ${countOf(iterations, 'iteration')}`),
    paint('dim', [`mechanism ${settings.mechanism}`, ...models].join(', ')),
    paint(
      'dim',
      [countOf(modelCalls, 'model call'), ...spent, formatCost(costUsd), `run ${runId}`].join(', '),
    ),
  ];
}

function indent(text: string): string {
  return `  ${text}`;
}
