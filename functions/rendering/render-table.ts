import type { AnalyzedFile } from '#domain/analyze-output.ts';
import type { Explanation } from '#domain/analyzed-file.ts';
import { compareFindings } from '#domain/finding.ts';
import type { HardenedFile, HardenTotals } from '#domain/harden-output.ts';
import { RISK_TITLE, riskSummary } from '#domain/report/risk-words.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf, findingFigures, formatCost, formatMs, verdictWords } from '#domain/report/wording.ts';
import { VerdictSchema } from '#domain/verdict.ts';
import { type Paint, paintFor } from './paint.ts';
import { riskLines } from './risk-text.ts';

const toneStyles = { good: 'green', partial: 'yellow', bad: 'red' } as const;

/** One line per file, then the totals: what a hardened folder came to. */
export function renderHardenTable(
  files: readonly HardenedFile[],
  totals: HardenTotals,
  { color }: { color: boolean },
): string {
  const paint = paintFor(color);
  const labelWidth = Math.max(...VerdictSchema.options.map((verdict) => verdictWords[verdict].label.length));
  const lines = files.map((file) => {
    const { symbol, label, tone } = verdictWords[file.verdict];
    const state = paint(toneStyles[tone], `${symbol} ${label.padEnd(labelWidth)}`);
    const change = changeOf(file).padStart(9);
    const time = formatMs(file.ms.total).padStart(8);
    return `  ${state}  ${change}  ${time}  ${visibleLine(file.path)}${whyNot(file, paint)}${atItsWord(file, paint)}`;
  });
  const header = paint('dim', `  ${'verdict'.padEnd(labelWidth + 2)}  ${' findings'}  ${'    time'}  file`);
  return `${[header, ...lines, '', ...totalLines(totals, paint)].join('\n')}\n`;
}

/** A file that nobody could read has no figures: two zeros would look clean. */
function changeOf({ verdict, findings }: HardenedFile): string {
  if (verdict === 'failed' && findings.before === 0) return 'unknown';
  return `${findings.before} → ${findings.after}`;
}

function whyNot(file: HardenedFile, paint: Paint): string {
  if (verdictWords[file.verdict].tone === 'good') return '';
  return `\n${' '.repeat(4)}${paint('dim', visibleLine(file.reason))}`;
}

/** The edits that no finding asked for: the file was changed at the gGAN's word. */
function atItsWord({ edits }: HardenedFile, paint: Paint): string {
  const made = edits
    .filter(({ source }) => source === 'ggan')
    .map(({ operator, line }) => `${operator} in line ${line}`);
  return made.length === 0
    ? ''
    : `\n${' '.repeat(4)}${paint('dim', `at the graph network's word: ${made.join(', ')}`)}`;
}

function totalLines(totals: HardenTotals, paint: Paint): string[] {
  const verdicts = VerdictSchema.options
    .filter((verdict) => totals.byVerdict[verdict] > 0)
    .map((verdict) => `${totals.byVerdict[verdict]} ${verdictWords[verdict].label.toLowerCase()}`);
  return [
    paint('bold', `${countOf(totals.files, 'file')}: ${verdicts.join(', ')}`),
    `Counted findings ${findingFigures(totals.findings)}`,
    `${formatMs(totals.ms.total)}, ${countOf(totals.modelCalls, 'model call')}, ${formatCost(totals.costUsd)}`,
  ];
}

/** An analyzed file, with what the gGAN says of it where it was asked. */
export type ShownFile = { file: AnalyzedFile; explanation: Explanation | null };

/** The findings of analyzed files, counted ones first, what the gGAN says, and what could not be analyzed. */
export function renderAnalysisTable(shown: readonly ShownFile[], { color }: { color: boolean }): string {
  const paint = paintFor(color);
  const blocks = shown.map(({ file, explanation }) =>
    [
      paint('bold', visibleLine(file.path)),
      ...fileLines(file, paint),
      ...explanationLines(explanation, paint),
    ].join('\n'),
  );
  const files = shown.map(({ file }) => file);
  const all = files.flatMap(({ findings }) => findings);
  const counted = all.filter((finding) => finding.counted).length;
  const unread = files.filter(({ status }) => status === 'unanalyzable').length;
  const total = [
    countOf(files.length, 'file'),
    countOf(counted, 'counted finding'),
    `${all.length - counted} informational`,
    ...(unread > 0 ? [`${unread} could not be analyzed`] : []),
  ].join(', ');
  return `${[...blocks, paint('bold', total)].join('\n\n')}\n`;
}

function explanationLines(explanation: Explanation | null, paint: Paint): string[] {
  if (explanation === null) return [];
  if ('unassessed' in explanation) {
    return [`  ${paint('bold', RISK_TITLE)}: nothing, ${visibleLine(explanation.unassessed)}`];
  }
  const { risk, code } = explanation;
  const title = `  ${paint('bold', RISK_TITLE)}  ${riskSummary(risk)}`;
  return [title, ...riskLines(risk, code, paint).map((line) => `  ${line}`)];
}

function fileLines(file: AnalyzedFile, paint: Paint): string[] {
  const failure =
    file.status === 'unanalyzable'
      ? [`  ${paint('red', '✗ could not be analyzed')}: ${visibleLine(file.reason ?? 'no reason given')}`]
      : [];
  const findings = [...file.findings].sort(
    (a, b) => Number(b.counted) - Number(a.counted) || compareFindings(a, b),
  );
  if (findings.length === 0 && failure.length === 0) return [`  ${paint('green', '✓ no finding')}`];
  return [
    ...failure,
    ...findings.map((finding) => {
      const style = !finding.counted ? 'dim' : finding.severity === 'high' ? 'red' : 'yellow';
      const state = paint(style, (finding.counted ? finding.severity : 'informational').padEnd(13));
      const place = finding.definition === '' ? '' : ` in ${visibleLine(finding.definition)}`;
      const rule = `${finding.rule} ${finding.cwe ?? 'no CWE'}`.padEnd(13);
      return `  ${state}  ${rule}  line ${finding.line}${place}: ${visibleLine(finding.message)}`;
    }),
  ];
}
