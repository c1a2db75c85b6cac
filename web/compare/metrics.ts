import { bestOf } from '#domain/best-run.ts';
import { GateNameSchema } from '#domain/gates.ts';
import { countBySeverity } from '#domain/policy.ts';
import {
  formatCost,
  formatMs,
  formatTokens,
  gateWords,
  lightWords,
  verdictWords,
} from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';

export type Metric = { name: string; values: string[]; isDifferent: boolean };

/** What reports of the same input say, metric by metric; a report that is not there yet says nothing. */
export function metricsOf(reports: readonly (Report | null)[]): Metric[] {
  const rows: [string, (report: Report) => string][] = [
    ['Verdict', ({ verdict }) => `${verdictWords[verdict].symbol} ${verdictWords[verdict].label}`],
    ['Findings before', ({ findings }) => String(findings.before)],
    ['Findings left', ({ findings }) => String(findings.after)],
    ['Findings introduced', ({ findings }) => String(findings.introduced)],
    ...GateNameSchema.options.map((gate): [string, (report: Report) => string] => [
      gateWords.find(({ name }) => name === gate)?.title ?? gate,
      ({ gates }) => `${lightWords[gates[gate].light].symbol} ${lightWords[gates[gate].light].word}`,
    ]),
    ['Tested edits', ({ edits }) => String(edits.length)],
    ['Pieces rewritten by a model', ({ repaired }) => String(repaired.length)],
    [
      'Environment variables needed',
      ({ environment }) => environment.map(({ name }) => name).join(', ') || 'none',
    ],
    ['Iterations', ({ iterations }) => String(iterations)],
    ['Model calls', ({ modelCalls }) => String(modelCalls)],
    ['Tokens', ({ modelCalls, tokens }) => (modelCalls === 0 ? 'none' : formatTokens(tokens))],
    ['Cost', ({ modelCalls, costUsd }) => (modelCalls === 0 ? 'none' : formatCost(costUsd))],
    ['Time', ({ ms }) => formatMs(ms.total)],
  ];
  return rows.map(([name, wordsFor]) => {
    const values = reports.map((report) => (report === null ? '…' : wordsFor(report)));
    return { name, values, isDifferent: new Set(values).size > 1 };
  });
}

/** Where the best of the reports stands; null as long as one is not there, and where two are as good. */
export function bestIndex(reports: readonly (Report | null)[]): number | null {
  const rows = reports.flatMap((report, index) => (report === null ? [] : [{ index, ...rankable(report) }]));
  if (rows.length < reports.length) return null;
  // Of equals the first is taken, so that who is best from either end has no equal.
  const best = bestOf(rows)?.index ?? null;
  return best === bestOf(rows.toReversed())?.index ? best : null;
}

function rankable(report: Report) {
  const counted = (findings: Report['secured']['findings']) =>
    countBySeverity(findings.filter((finding) => finding.counted));
  const lights = GateNameSchema.options.map((gate) => [gate, report.gates[gate].light] as const);
  return {
    securedAndKept:
      verdictWords[report.verdict].tone === 'good' && lights.every(([, light]) => light !== 'fail'),
    bySeverity: { before: counted(report.original.findings), after: counted(report.secured.findings) },
    linesChanged: Number(report.original.code !== report.secured.code),
    costUsd: report.costUsd,
    tokens: report.tokens,
    gates: { ...NO_LIGHTS, ...Object.fromEntries(lights) },
  };
}

const NO_LIGHTS = {
  parses: 'not-run',
  secure: 'not-run',
  surface: 'not-run',
  honest: 'not-run',
  behavior: 'not-run',
  tests: 'not-run',
} as const;
