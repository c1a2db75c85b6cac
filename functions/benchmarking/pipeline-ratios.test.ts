import { describe, expect, it } from '@jest/globals';
import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import { recordOf } from './fixtures/records.ts';
import { pipelineRatios } from './pipeline-ratios.ts';

const rules: Arm = { name: 'rules', kind: 'mechanism', usesModel: false, usesGgan: false };
const hybrid: Arm = { name: 'hybrid', kind: 'mechanism', usesModel: true, usesGgan: false };
const pipeline: Arm = { name: 'theirs', kind: 'paper-pipeline', usesModel: false, usesGgan: false };
const untouched: Arm = { name: 'untouched', kind: 'untouched', usesModel: false, usesGgan: false };

type Took = { total: number | null; model?: number; cpuSeconds?: number };

function recordsOf(arm: Arm, took: Record<string, Took>) {
  const records = Object.entries(took).map(([program, { total, model = 0, cpuSeconds = 1 }]) => {
    const base = recordOf(program, arm.name);
    const change = { ms: { ...base.ms, total, model }, resources: { cpuSeconds, peakMiB: 50 } };
    return [program, { ...base, ...change }] as const;
  });
  return { arm, records: new Map<string, BenchmarkRecord>(records) };
}

const theirs = recordsOf(pipeline, {
  a: { total: 200 },
  b: { total: 600 },
  c: { total: 900 },
  alone: { total: 1 },
});

describe('pipelineRatios', () => {
  it('divides program by program, not one median by the other', () => {
    const ours = recordsOf(rules, { a: { total: 100 }, b: { total: 20 }, c: { total: 60 } });

    const [ratio] = pipelineRatios([recordsOf(untouched, { a: { total: null } }), ours, theirs], 1);

    expect(ratio).toMatchObject({ arm: 'rules', pipeline: 'theirs', measure: 'nonModelTime', n: 3 });
    expect(ratio).toMatchObject({ median: 15, armMedian: 60, pipelineMedian: 600, interval: null });
  });

  it('leaves out the time of the language model', () => {
    const ours = recordsOf(hybrid, { a: { total: 5100, model: 5000 } });

    expect(pipelineRatios([ours, theirs], 1)[0]).toMatchObject({ armMedian: 100, median: 2 });
  });

  it('leaves out programs of which one of both does not tell, or shows nothing', () => {
    const ours = recordsOf(rules, { a: { total: null, cpuSeconds: 0 }, b: { total: 60, cpuSeconds: 0.5 } });

    const ratios = pipelineRatios([ours, theirs], 1);

    expect(ratios.map(({ measure, n, median }) => [measure, n, median])).toEqual([
      ['nonModelTime', 1, 10],
      ['cpuSeconds', 1, 2],
      ['peakMiB', 2, 1],
    ]);
  });

  it('gives the median an interval around it, the same for the same seed', () => {
    const programs = Array.from({ length: 40 }, (_, at) => `p${at}`);
    const took = (total: (at: number) => number) =>
      Object.fromEntries(programs.map((name, at) => [name, { total: total(at) }]));
    const arms = [
      recordsOf(
        rules,
        took((at) => 50 + at),
      ),
      recordsOf(
        pipeline,
        took(() => 500),
      ),
    ];

    const [ratio] = pipelineRatios(arms, 7);

    expect(ratio?.interval?.low).toBeGreaterThan(500 / 89);
    expect(ratio?.interval?.low).toBeLessThan(ratio?.median ?? 0);
    expect(ratio?.interval?.high).toBeGreaterThan(ratio?.median ?? Number.POSITIVE_INFINITY);
    expect(pipelineRatios(arms, 7)[0]).toEqual(ratio);
  });

  it('is empty without a pipeline', () => {
    expect(pipelineRatios([recordsOf(rules, { a: { total: 1 } })], 1)).toEqual([]);
  });
});
