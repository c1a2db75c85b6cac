import type { BenchmarkResult, RatioMeasure } from '#domain/benchmark-result.ts';
import { formatAmount } from './figure-words.ts';
import { plainCell, type ShownTable } from './shown-table.ts';

/** How every rendering names what is compared with the paper's pipeline, and the amount whose unit it has. */
const MEASURES: Record<RatioMeasure, { title: string; amount: 'total' | 'cpuSeconds' | 'peakMiB' }> = {
  nonModelTime: { title: 'time without the LLM', amount: 'total' },
  cpuSeconds: { title: 'CPU', amount: 'cpuSeconds' },
  peakMiB: { title: 'peak memory', amount: 'peakMiB' },
};

/** Mechanisms beside the re-created pipeline of the paper; null where none ran. */
export function pipelineTable({ pipelineRatios }: BenchmarkResult): ShownTable | null {
  if (pipelineRatios.length === 0) return null;
  return {
    id: 'pipeline',
    title: "Beside the paper's pipeline, re-created",
    notes: [
      'A server that starts bandit as a process for every analysis; without its language model, which answers at once, and without its graph network. Times are from the request to the answer.',
      'Ratio: what the pipeline took by what the arm took, program by program; above 1 the arm took less. Its median has a bootstrap interval.',
    ],
    names: ['Figure', 'Arm', 'Pipeline', 'n'],
    figures: ['arm, median', 'pipeline, median', 'ratio, median', 'ratio, 5th percentile'],
    rows: pipelineRatios.map(({ arm, pipeline, measure, n, interval, ...rest }) => {
      const { title, amount } = MEASURES[measure];
      return {
        names: [title, arm, pipeline, String(n)],
        figures: [
          plainCell(formatAmount(amount, rest.armMedian)),
          plainCell(formatAmount(amount, rest.pipelineMedian)),
          {
            ...plainCell(formatRatio(rest.median)),
            detail: interval === null ? '' : `${formatRatio(interval.low)} to ${formatRatio(interval.high)}`,
          },
          plainCell(formatRatio(rest.fifthPercentile)),
        ],
      };
    }),
  };
}

/** How many times as much. */
export function formatRatio(ratio: number): string {
  return ratio.toFixed(ratio < 1 ? 2 : 1);
}
