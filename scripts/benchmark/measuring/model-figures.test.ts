import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { securedReport } from '#domain/fixtures/reports.ts';
import { ModelSettingsSchema } from '#domain/model-settings.ts';
import { modelFigures } from './model-figures.ts';

const model = (name: string) => ModelSettingsSchema.parse({ name, baseUrl: 'http://127.0.0.1:1/v1' });
const unpriced = model('some-local-model');
const base = { ...securedReport.ms, generate: 0 };

function reportThat(ms: Partial<typeof base>, modelMs: number) {
  return { ...securedReport, modelMs, costUsd: 0, ms: { ...base, ...ms } };
}

describe('modelFigures', () => {
  it('adds up to the total, whether the model was asked or its answer was read', () => {
    const time = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(
        fc.record({
          analyze: time,
          planEdits: time,
          applyEdits: time,
          verify: time,
          own: time,
          communication: time,
        }),
        fc.record({ modelMs: time, waitedMs: time }),
        fc.boolean(),
        ({ own, ...steps }, { modelMs, waitedMs }, usesGgan) => {
          const inLoop = Object.values(steps).reduce((sum, ms) => sum + ms, 0);
          const ms = { ...steps, repair: own + waitedMs, total: inLoop + own + waitedMs };
          const use = { waitedMs, outage: null };

          const {
            total,
            model: asked,
            ...parts
          } = modelFigures(reportThat(ms, modelMs), { usesGgan }, use, unpriced).ms;

          expect(asked).toBe(modelMs);
          expect(total).toBe(inLoop + own + modelMs);
          expect(Object.values(parts).reduce<number>((sum, part) => sum + (part ?? 0), modelMs)).toBe(total);
          expect(Math.min(...Object.values(parts).map((part) => part ?? 0))).toBe(0);
          expect(parts.communication).toBe(steps.communication);
        },
      ),
    );
  });

  it('takes a call that failed, which no step has in its time, out of communication', () => {
    const ms = {
      analyze: 10,
      planEdits: 0,
      applyEdits: 0,
      verify: 0,
      repair: 5,
      communication: 500,
      total: 515,
    };

    const figures = modelFigures(
      reportThat(ms, 490),
      { usesGgan: false },
      { waitedMs: 490, outage: null },
      unpriced,
    );

    expect(figures.ms).toMatchObject({ total: 515, model: 490, analysis: 10, communication: 15, edits: 0 });
  });

  it('knows no cost of a model without a price, even where it was not asked', () => {
    const cost = (name: string) =>
      modelFigures(reportThat({}, 0), { usesGgan: false }, { waitedMs: 0, outage: null }, model(name))
        .costUsd;

    expect([cost('some-local-model'), cost('gpt-4o-mini')]).toEqual([null, 0]);
  });
});
