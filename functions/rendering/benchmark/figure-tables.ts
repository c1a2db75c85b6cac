import type {
  Amount,
  AmountName,
  BenchmarkResult,
  BenchmarkRow,
  BenchmarkTable,
  Interval,
  OutcomeName,
  TableName,
} from '#domain/benchmark-result.ts';
import { OutcomeNameSchema } from '#domain/benchmark-result.ts';
import {
  amountWords,
  formatAmount,
  formatAmountRange,
  formatCount,
  formatN,
  formatShareRange,
  outcomeWords,
} from './figure-words.ts';
import { EMPTY_CELL, type ShownCell, type ShownTable, withoutEmptyColumns } from './shown-table.ts';

const TITLES: Record<TableName, { title: string; group: string }> = {
  all: { title: 'All programs', group: 'Programs' },
  findings: { title: 'Table 1: by counted findings in the input', group: 'Findings' },
  cwe: { title: 'Table 2: by CWE', group: 'CWE' },
  'prompt-length': { title: 'Table 3: by length of the prompt', group: 'Length' },
  resources: { title: 'Table 4: resources with and without the gGAN', group: 'gGAN' },
};

const TIMES: readonly AmountName[] = [
  'ggan',
  'analysis',
  'model',
  'editing',
  'gates',
  'communication',
  'total',
  'msPerLine',
  'outsidePerIteration',
  'behaviorCheck',
];
const WORK: readonly AmountName[] = [
  'promptTokens',
  'outputTokens',
  'costUsd',
  'modelCalls',
  'edits',
  'iterations',
  'transitions',
];
const RESOURCES: readonly AmountName[] = ['cpuSeconds', 'peakMiB', 'total'];

/** What came out and what it took, for each grouping; columns that no arm has a part in are left out. */
export function figureTables(result: BenchmarkResult): ShownTable[] {
  return result.tables
    .flatMap((table) => {
      const { title } = TITLES[table.name];
      const notes = notesOf(table.name, result);
      if (table.name === 'resources') return [amountTable(table, 'amounts', title, RESOURCES, notes)];
      return [
        outcomeTable(table, `${title}: what comes out`, notes),
        amountTable(table, 'times', `${title}: time`, TIMES, []),
        amountTable(table, 'work', `${title}: tokens, money and work`, WORK, []),
      ];
    })
    .map(withoutEmptyColumns)
    .filter((table) => table !== null);
}

function notesOf(name: TableName, { meanInputTokens }: BenchmarkResult): string[] {
  if (name === 'cwe') return ['A program counts in every CWE that it has.'];
  if (name === 'prompt-length' && meanInputTokens !== null) {
    return [`LOW is at most the mean over programs, ${meanInputTokens.toFixed(1)} tokens; HIGH is above.`];
  }
  if (name === 'resources') {
    return ['Of all processes that worked on a program: mean per program, and mean of the peaks.'];
  }
  return [];
}

function outcomeTable(table: BenchmarkTable, title: string, notes: readonly string[]): ShownTable {
  const outcomes = OutcomeNameSchema.options;
  return {
    id: `${table.name}-outcomes`,
    title,
    notes,
    names: headsOf(table.name),
    figures: [...outcomes.map((name) => outcomeWords[name]), 'not judged', amountWords.findingsLeft.title],
    rows: table.rows.map((row) => ({
      names: namesOf(table.name, row),
      figures: [
        ...outcomes.map((name) => outcomeCell(row, name)),
        row.unjudged === 0 ? EMPTY_CELL : { ...EMPTY_CELL, text: String(row.unjudged) },
        amountCell(row, 'findingsLeft'),
      ],
    })),
  };
}

function amountTable(
  table: BenchmarkTable,
  part: string,
  title: string,
  amounts: readonly AmountName[],
  notes: readonly string[],
): ShownTable {
  return {
    id: `${table.name}-${part}`,
    title,
    notes,
    names: headsOf(table.name),
    figures: amounts.map((name) => amountWords[name].title),
    rows: table.rows.map((row) => ({
      names: namesOf(table.name, row),
      figures: amounts.map((name) => amountCell(row, name)),
    })),
  };
}

/** Over all programs there is one group, and no need to name it in every row. */
function headsOf(name: TableName): string[] {
  return [...(name === 'all' ? [] : [TITLES[name].group]), 'Arm', 'n'];
}

function namesOf(name: TableName, { group, arm, programs }: BenchmarkRow): string[] {
  return [...(name === 'all' ? [] : [group]), arm, String(programs)];
}

function outcomeCell({ outcomes, untouched }: BenchmarkRow, name: OutcomeName): ShownCell {
  const proportion = outcomes[name];
  if (proportion === null) return EMPTY_CELL;
  const before = untouched?.outcomes[name] ?? null;
  return {
    text: formatCount(proportion),
    detail: formatShareRange(proportion.interval),
    beside: before === null ? '' : formatCount(before),
  };
}

function amountCell({ amounts, untouched, programs }: BenchmarkRow, name: AmountName): ShownCell {
  const amount = amounts[name];
  if (amount === null) return EMPTY_CELL;
  const before = untouched?.amounts[name] ?? null;
  const range = isSpread(amount) ? formatAmountRange(name, amount.interval) : '';
  return {
    text: formatAmount(name, amount.mean),
    detail: [range, formatN(amount, programs)].filter((part) => part !== '').join(', '),
    beside: before === null ? '' : formatAmount(name, before.mean),
  };
}

/** Whether there is an interval to show: none is written where every value was the same. */
function isSpread(amount: Amount): amount is Amount & { interval: Interval } {
  return amount.interval !== null && amount.interval.low !== amount.interval.high;
}
