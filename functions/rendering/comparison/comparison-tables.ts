import type { ComparedRun, ComparedSum, CompareOutput } from '#domain/compare-output.ts';
import { GateNameSchema } from '#domain/gates.ts';
import { countOf, formatCost, formatMs, lightWords, verdictWords } from '#domain/report/wording.ts';
import { plainCell, type ShownTable } from '../benchmark/shown-table.ts';

/** Marks the best row, beside the words that say so. */
const BEST = '★ best';

/** What has to be known to read the tables. */
export const READING = [
  `${BEST}: secured and kept first, then the fewest counted findings, then the cheapest.`,
  'Secured and kept: no counted finding is left, none was introduced, and no light fails.',
  `Lights: ${GateNameSchema.options.join(', ')}; ${Object.values(lightWords)
    .map(({ symbol, word }) => `${symbol} ${word}`)
    .join(
      ', ',
    )}. Findings are counted ones by severity, before → after; (est.): counted by us, not by the server.`,
] as const;

/** A table for each file, and one of the sums where there are several. */
export function comparisonTables({ files, sums, policy }: CompareOutput): ShownTable[] {
  const tables = files.map(({ path, runs }) => fileTable(path, runs));
  if (files.length < 2) return tables;
  return [
    ...tables,
    {
      id: 'sums',
      title: `${countOf(files.length, 'file')} together, policy ${policy}`,
      notes: [],
      names: ['mechanism', ''],
      figures: ['secured and kept', ...EFFORT],
      rows: sums.map((sum) => ({
        names: [sum.name, sum.isBest ? BEST : ''],
        figures: [`${sum.securedAndKept} of ${sum.files}`, ...effort(sum, sum.ms)].map(plainCell),
      })),
    },
  ];
}

const EFFORT = ['high / medium / low', 'lines changed', 'calls', 'tokens in / out', 'money', 'time'];

function fileTable(path: string, runs: readonly ComparedRun[]): ShownTable {
  return {
    id: path,
    title: path,
    notes: runs
      .filter(({ verdict }) => verdictWords[verdict].tone !== 'good')
      .map(({ name, reason }) => `${name}: ${reason}`),
    names: ['mechanism', '', 'verdict', 'lights', 'behavior'],
    figures: EFFORT,
    rows: runs.map((run) => ({
      names: [
        run.name,
        run.isBest ? BEST : '',
        verdictOf(run),
        lightsOf(run),
        lightWords[run.gates.behavior].word,
      ],
      figures: effort(run, run.ms.total).map(plainCell),
    })),
  };
}

function verdictOf({ verdict }: ComparedRun): string {
  const { symbol, label } = verdictWords[verdict];
  return `${symbol} ${label}`;
}

function lightsOf({ gates }: ComparedRun): string {
  return GateNameSchema.options.map((name) => lightWords[gates[name]].symbol).join('');
}

function effort(row: ComparedRun | ComparedSum, ms: number): string[] {
  const { before, after } = row.bySeverity;
  const { prompt, completion, estimated } = row.tokens;
  const tokens = [prompt, completion].map((n) => n.toLocaleString('en-US')).join(' / ');
  return [
    `${severities(before)} → ${severities(after)}`,
    String(row.linesChanged),
    String(row.modelCalls),
    row.modelCalls === 0 ? '0' : `${tokens}${estimated ? ' (est.)' : ''}`,
    row.costUsd === null ? 'unknown' : formatCost(row.costUsd),
    formatMs(ms),
  ];
}

function severities({ high, medium, low }: ComparedRun['bySeverity']['before']): string {
  return [high, medium, low].join(' / ');
}
