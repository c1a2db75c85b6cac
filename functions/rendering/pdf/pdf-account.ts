import { modelNames, roleWords } from '#domain/report/model-words.ts';
import { formatCost, formatMs, formatTokens, reportLimits, stepTimes } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { heading, type PdfNode, type Printer, paragraph, row } from './pdf-parts.ts';

/** What the run took, where it comes from, and what the report does not say. */
export function accountPart(report: Report, hashes: CodeHashes, printer: Printer): PdfNode[] {
  const pairs = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, text], index) =>
      row(
        `${name}-${index}`,
        [
          { text: name, width: 4, isBold: true },
          { text, width: 10 },
        ],
        printer,
      ),
    );
  return [
    heading('Time and cost'),
    ...pairs(costs(report)),
    heading('Provenance'),
    ...pairs(provenance(report, hashes)),
    heading('What this report does not say'),
    ...reportLimits(report).map((limit, index) => paragraph(`limit-${index}`, `– ${limit}`, printer)),
  ];
}

/** SHA-256 of the code before and after, in hexadecimal digits. */
export type CodeHashes = { original: string; secured: string };

function costs({ ms, iterations, modelCalls, tokens, costUsd }: Report): [string, string][] {
  const steps = stepTimes(ms).map(({ step, ms: time }) => `${step} ${formatMs(time)}`);
  return [
    ['Time', `${formatMs(ms.total)} in all${steps.length === 0 ? '' : `: ${steps.join(', ')}`}`],
    ['Iterations', String(iterations)],
    ['Model calls', String(modelCalls)],
    ['Tokens', formatTokens(tokens)],
    ['Cost', formatCost(costUsd)],
  ];
}

function provenance(report: Report, { original, secured }: CodeHashes): [string, string][] {
  const { runId, createdAt, settings, analyzers } = report;
  return [
    ['Run', runId],
    ['Begun', createdAt],
    ['Original, SHA-256', original],
    ['Result, SHA-256', secured],
    ['Mechanism and policy', `${settings.mechanism}, ${settings.policy}`],
    ...modelNames(settings.models).map(({ role, words }): [string, string] => [roleWords[role], words]),
    ['Graph network', settings.ggan ? 'asked' : 'not asked'],
    ['Limits', `${settings.maxIterations} iterations, ${settings.maxSeconds} seconds`],
    ...analyzers.map(({ name, version, status, reason }): [string, string] => [
      'Analyzer',
      `${name} ${version}: ${status === 'analyzed' ? 'analyzed' : `could not analyze${reason === null ? '' : `, ${reason}`}`}`,
    ]),
  ];
}
