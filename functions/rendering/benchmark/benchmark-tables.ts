import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { comparisonTables, paperTable } from './comparison-tables.ts';
import { figureTables } from './figure-tables.ts';
import { modelTable } from './model-table.ts';
import { pipelineTable } from './pipeline-table.ts';
import type { ShownTable } from './shown-table.ts';

/** Every table of a benchmark, in the order in which it is shown. */
export function benchmarkTables(result: BenchmarkResult): ShownTable[] {
  const figures = figureTables(result);
  const isOfAll = ({ id }: ShownTable) => id.startsWith('all-');
  const ofAll = figures.filter(isOfAll);
  const ofGroups = figures.filter((table) => !isOfAll(table));
  const models = modelTable(result);
  const pipeline = pipelineTable(result);
  return [
    ...ofAll,
    ...(models === null ? [] : [models]),
    ...ofGroups,
    ...comparisonTables(result),
    ...(pipeline === null ? [] : [pipeline]),
    paperTable(result),
  ];
}

/** What has to be known to read a cell. */
export const READING = [
  'Shares are counts with a 95 % Wilson interval, amounts are means with a 95 % bootstrap interval where values differ and there are five or more; n is that of the row where no other is written.',
  'In parentheses: the same figure of the untouched input. An empty cell is something that the arm has no part in, or that was not measured.',
  'Secured: no counted finding is left or introduced, it compiles, and no gate that compares the code failed. Secured and kept: run beside the input, it also did the same; programs of which that could not be judged are counted apart, as not judged.',
] as const;
