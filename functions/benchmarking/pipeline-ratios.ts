import { median, quantile } from 'simple-statistics';
import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import { type PipelineRatio, type RatioMeasure, RatioMeasureSchema } from '#domain/benchmark-result.ts';
import { amountIn } from './figures.ts';
import { medianIntervalOf } from './resampling.ts';
import type { ArmRecords } from './tables.ts';

/** Every mechanism beside every re-creation of the paper's pipeline, on the programs that both have. */
export function pipelineRatios(arms: readonly ArmRecords[], seed: number): PipelineRatio[] {
  const ofKind = (kind: Arm['kind']) => arms.filter(({ arm }) => arm.kind === kind);
  return ofKind('mechanism').flatMap((mechanism) =>
    ofKind('paper-pipeline').flatMap((pipeline) =>
      RatioMeasureSchema.options.flatMap((measure) => ratioOf(mechanism, pipeline, measure, seed) ?? []),
    ),
  );
}

function ratioOf(
  mechanism: ArmRecords,
  pipeline: ArmRecords,
  measure: RatioMeasure,
  seed: number,
): PipelineRatio | null {
  const pairs: { ours: number; theirs: number }[] = [];
  for (const [program, record] of mechanism.records) {
    const other = pipeline.records.get(program);
    if (other === undefined) continue;
    const ours = amountOf(measure, mechanism.arm, record);
    const theirs = amountOf(measure, pipeline.arm, other);
    // The clock of processor time is coarse, and may show nothing at all.
    if (ours !== null && theirs !== null && ours > 0) pairs.push({ ours, theirs });
  }
  if (pairs.length === 0) return null;
  const ratios = pairs.map(({ ours, theirs }) => theirs / ours).sort((a, b) => a - b);
  return {
    arm: mechanism.arm.name,
    pipeline: pipeline.arm.name,
    measure,
    n: pairs.length,
    armMedian: median(pairs.map(({ ours }) => ours)),
    pipelineMedian: median(pairs.map(({ theirs }) => theirs)),
    median: median(ratios),
    interval: medianIntervalOf(ratios, seed),
    fifthPercentile: quantile(ratios, 0.05),
  };
}

function amountOf(measure: RatioMeasure, arm: Arm, record: BenchmarkRecord): number | null {
  if (measure !== 'nonModelTime') return amountIn(measure, arm, record);
  const total = amountIn('total', arm, record);
  return total === null ? null : total - (amountIn('model', arm, record) ?? 0);
}
