import type { Amount, BenchmarkResult, BenchmarkRow } from '#domain/benchmark-result.ts';
import { formatAmount, formatN } from './figure-words.ts';
import {
  EMPTY_CELL,
  plainCell,
  type ShownCell,
  type ShownTable,
  withoutEmptyColumns,
} from './shown-table.ts';

/**
 * What the language models took: sums and medians beside the means of the other tables, for a few long answers make
 * a mean. Null where no arm asked one.
 */
export function modelTable({ arms, tables }: BenchmarkResult): ShownTable | null {
  const asking = new Set(arms.filter(({ usesModel }) => usesModel).map(({ name }) => name));
  const rows = (tables.find(({ name }) => name === 'all')?.rows ?? []).filter(({ arm }) => asking.has(arm));
  return withoutEmptyColumns({
    id: 'all-models',
    title: 'All programs: the language model',
    notes: [
      'Sums are over all programs, medians over programs; those that nothing was asked for count with 0.',
      'Outside the LLM: all time but that of its calls, by iterations.',
    ],
    names: ['Arm', 'n'],
    figures: [
      'calls',
      'prompt tokens',
      'output tokens',
      'output tokens, median',
      'output tokens by secured and kept',
      'LLM time',
      'LLM time, median',
      'outside the LLM per iteration, median',
      'money',
      'tokens not counted by the server',
    ],
    rows: rows.map((row) => ({ names: [row.arm, String(row.programs)], figures: cellsOf(row) })),
  });
}

function cellsOf({ amounts, outcomes, programs, unjudged, estimated }: BenchmarkRow): ShownCell[] {
  const { modelCalls, promptTokens, outputTokens, model, outsidePerIteration, costUsd } = amounts;
  const cell = (amount: Amount | null, textOf: (amount: Amount) => string) =>
    amount === null ? EMPTY_CELL : { ...plainCell(textOf(amount)), detail: formatN(amount, programs) };
  // Where some could not be judged, the tokens of all would be divided among too few.
  const kept = unjudged > 0 ? 0 : (outcomes.securedAndKept?.count ?? 0);
  return [
    cell(modelCalls, (amount) => sumOf(amount).toFixed(0)),
    cell(promptTokens, (amount) => formatAmount('promptTokens', sumOf(amount))),
    cell(outputTokens, (amount) => formatAmount('outputTokens', sumOf(amount))),
    cell(outputTokens, ({ median }) => formatAmount('outputTokens', median)),
    kept === 0
      ? EMPTY_CELL
      : cell(outputTokens, (amount) => formatAmount('outputTokens', sumOf(amount) / kept)),
    cell(model, (amount) => formatAmount('model', sumOf(amount))),
    cell(model, ({ median }) => formatAmount('model', median)),
    cell(outsidePerIteration, ({ median }) => formatAmount('outsidePerIteration', median)),
    // An empty cell would look like nothing paid.
    costUsd === null
      ? plainCell('unknown')
      : cell(costUsd, (amount) => formatAmount('costUsd', sumOf(amount))),
    estimated === 0 ? EMPTY_CELL : plainCell(`${estimated} of ${programs}`),
  ];
}

function sumOf({ mean, n }: Amount): number {
  return mean * n;
}
