import { stringify } from 'csv-stringify/sync';
import {
  AmountNameSchema,
  type BenchmarkResult,
  type BenchmarkRow,
  type Interval,
  OutcomeNameSchema,
  type Pair,
  type PipelineRatio,
  type TableName,
} from '#domain/benchmark-result.ts';
import { amountWords } from './figure-words.ts';

const COLUMNS = [
  'table',
  'group',
  'arm',
  'against',
  'measure',
  'unit',
  'n',
  'count',
  'value',
  'low',
  'high',
  'median',
  'untouched',
  'p',
  'adjusted_p',
  'better',
] as const;
type Line = Partial<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;

/**
 * Every figure of a benchmark on a line of its own, as RFC 4180 has it. Shares are between 0 and 1, amounts are
 * means, a difference is that of `arm` less `against`; what was not measured has no line.
 */
export function renderBenchmarkCsv(result: BenchmarkResult): string {
  const lines = [
    ...result.tables.flatMap(({ name, rows }) => rows.flatMap((row) => figureLines(name, row))),
    ...result.pairs.flatMap(pairLines),
    ...result.pipelineRatios.map(ratioLine),
    ...result.paper.ranges.map(({ amount, low, high }) => ({
      table: 'paper',
      arm: result.paper.source,
      measure: amount,
      unit: amountWords[amount].unit,
      low,
      high,
    })),
  ];
  return stringify(lines, {
    header: true,
    columns: [...COLUMNS],
    record_delimiter: 'windows',
    // Without it a field is quoted for the two characters together only.
    quoted_match: /[\r\n]/,
    // A spreadsheet runs text that begins like a formula; a negative number is none.
    escape_formulas: true,
    cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
  });
}

function figureLines(table: TableName, row: BenchmarkRow): Line[] {
  const place = { table, group: row.group, arm: row.arm };
  const outcomes = OutcomeNameSchema.options.flatMap((measure) => {
    const proportion = row.outcomes[measure];
    if (proportion === null) return [];
    const { n, count, share, interval } = proportion;
    const untouched = row.untouched?.outcomes[measure]?.share;
    return [{ ...place, measure, unit: 'share', n, count, value: share, ...interval, untouched }];
  });
  const amounts = AmountNameSchema.options.flatMap((measure) => {
    const amount = row.amounts[measure];
    if (amount === null) return [];
    const { n, mean: value, median, interval } = amount;
    const untouched = row.untouched?.amounts[measure]?.mean;
    const { unit } = amountWords[measure];
    return [{ ...place, measure, unit, n, value, median, ...ends(interval), untouched }];
  });
  const unjudged = { ...place, measure: 'unjudged', unit: 'count', n: row.programs, value: row.unjudged };
  return [...outcomes, unjudged, ...amounts];
}

function pairLines({ first, second, programs, onlyFirst, onlySecond, outcomes, amounts }: Pair): Line[] {
  const place = { table: 'comparison', arm: first, against: second };
  const nameOf = (better: 'first' | 'second' | null) =>
    better === null ? 'no difference shown' : better === 'first' ? first : second;
  return [
    { ...place, measure: 'programs-both-have', unit: 'count', value: programs },
    { ...place, measure: 'programs-first-alone-has', unit: 'count', value: onlyFirst },
    { ...place, measure: 'programs-second-alone-has', unit: 'count', value: onlySecond },
    ...outcomes.flatMap(({ outcome, ...each }) => {
      const shared = { ...place, unit: 'count', n: each.n };
      return [
        { ...comparedLine(each), ...place, measure: outcome, unit: 'share', better: nameOf(each.better) },
        { ...shared, measure: `${outcome}-only-first`, value: each.onlyFirst },
        { ...shared, measure: `${outcome}-only-second`, value: each.onlySecond },
      ];
    }),
    ...amounts.map(({ amount, ...each }) => ({
      ...comparedLine(each),
      ...place,
      measure: amount,
      unit: amountWords[amount].unit,
      better: nameOf(each.better),
    })),
  ];
}

/** What the pipeline `against` which it is held took, by what the arm took. */
function ratioLine({ arm, pipeline, measure, n, median, interval }: PipelineRatio): Line {
  const place = { table: 'pipeline', arm, against: pipeline };
  return { ...place, measure, unit: 'median ratio', n, value: median, ...ends(interval), median };
}

function comparedLine(each: {
  n: number;
  difference: number;
  interval: Interval | null;
  p: number;
  adjustedP: number;
}): Line {
  const { n, difference: value, interval, p, adjustedP } = each;
  return { n, value, ...ends(interval), p, adjusted_p: adjustedP };
}

function ends(interval: Interval | null): Partial<Interval> {
  return interval ?? {};
}
