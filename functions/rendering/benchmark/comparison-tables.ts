import {
  type AmountComparison,
  AmountNameSchema,
  type BenchmarkResult,
  type Interval,
  type OutcomeComparison,
  type Pair,
} from '#domain/benchmark-result.ts';
import {
  amountWords,
  formatAmount,
  formatAmountRange,
  formatP,
  formatPoints,
  formatShareRange,
  outcomeWords,
} from './figure-words.ts';
import { EMPTY_CELL, plainCell, type ShownTable, withoutEmptyColumns } from './shown-table.ts';

const OUTCOMES = ['securedAndKept', 'secured'] as const;

/** Every two arms on the same programs, one table of what comes out and one of what it takes. */
export function comparisonTables({ pairs }: BenchmarkResult): ShownTable[] {
  const names = ['Figure', 'First', 'Second', 'n'];
  const outcomes = OUTCOMES.flatMap((outcome) =>
    pairs.flatMap((pair) =>
      pair.outcomes
        .filter((each) => each.outcome === outcome && each.n > 0)
        .map((each) => outcomeRow(pair, each)),
    ),
  );
  const amounts = AmountNameSchema.options.flatMap((amount) =>
    pairs.flatMap((pair) =>
      pair.amounts.filter((each) => each.amount === amount).map((each) => amountRow(pair, each)),
    ),
  );
  const tables: ShownTable[] = [
    {
      id: 'compared-outcomes',
      title: 'Arms compared on the same programs: what comes out',
      notes: [
        'Points: share of the first less that of the second, in hundredths. Exact McNemar test; p is corrected by Holm over all pairs. A winner is named only where it is below 0.05 and n is 10 or more.',
      ],
      names,
      figures: ['only first', 'only second', 'points', 'p', 'shown'],
      rows: outcomes,
    },
    {
      id: 'compared-amounts',
      title: 'Arms compared on the same programs: what it takes',
      notes: ['Mean of the differences with a bootstrap interval; p as above. Less is better.'],
      names,
      figures: ['first less second', 'p', 'shown'],
      rows: amounts,
    },
    leftOutTable(pairs),
  ];
  return tables.map(withoutEmptyColumns).filter((table) => table !== null);
}

/** The figures of the paper, marked as theirs, with the mean of each arm beside. */
export function paperTable({ paper, tables }: BenchmarkResult): ShownTable {
  const rows = tables.find(({ name }) => name === 'all')?.rows ?? [];
  return {
    id: 'paper',
    title: "The paper's own figures",
    notes: [
      `Theirs, not measured here: ${paper.source}, read on ${paper.readOn}. From their machine: ${paper.machine}.`,
      'The smallest and largest figure over their tables; beside them the means of this benchmark on this machine.',
      ...paper.remarks.map((remark) => `Theirs too: ${remark}`),
    ],
    names: ['Figure'],
    figures: ['paper (their machine)', ...rows.map(({ arm }) => arm)],
    rows: paper.ranges.map(({ amount, low, high }) => ({
      names: [amountWords[amount].title],
      figures: [
        plainCell(formatAmountRange(amount, { low, high })),
        ...rows.map(({ amounts }) => {
          const ours = amounts[amount];
          return ours === null ? EMPTY_CELL : plainCell(formatAmount(amount, ours.mean));
        }),
      ],
    })),
  };
}

function outcomeRow(pair: Pair, { outcome, n, ...rest }: OutcomeComparison): ShownTable['rows'][number] {
  const difference = `${formatPoints(rest.difference)}`;
  return {
    names: [outcomeWords[outcome], pair.first, pair.second, String(n)],
    figures: [
      plainCell(String(rest.onlyFirst)),
      plainCell(String(rest.onlySecond)),
      withInterval(difference, rest.interval, (interval) => formatShareRange(interval).replace(' %', '')),
      plainCell(formatP(rest.adjustedP)),
      plainCell(shown(pair, rest.better)),
    ],
  };
}

function amountRow(pair: Pair, { amount, n, ...rest }: AmountComparison): ShownTable['rows'][number] {
  return {
    names: [amountWords[amount].title, pair.first, pair.second, String(n)],
    figures: [
      withInterval(formatAmount(amount, rest.difference), rest.interval, (interval) =>
        formatAmountRange(amount, interval),
      ),
      plainCell(formatP(rest.adjustedP)),
      plainCell(shown(pair, rest.better)),
    ],
  };
}

function leftOutTable(pairs: readonly Pair[]): ShownTable {
  return {
    id: 'compared-left-out',
    title: 'Left out of the comparisons: programs that one arm alone has',
    notes: [],
    names: ['First', 'Second', 'Both'],
    figures: ['only first', 'only second'],
    rows: pairs
      .filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)
      .map(({ first, second, programs, onlyFirst, onlySecond }) => ({
        names: [first, second, String(programs)],
        figures: [plainCell(String(onlyFirst)), plainCell(String(onlySecond))],
      })),
  };
}

function withInterval(text: string, interval: Interval | null, format: (interval: Interval) => string) {
  return { text, detail: interval === null ? '' : format(interval), beside: '' };
}

function shown({ first, second }: Pair, better: 'first' | 'second' | null): string {
  if (better === null) return 'no difference shown';
  return `${better === 'first' ? first : second} better`;
}
