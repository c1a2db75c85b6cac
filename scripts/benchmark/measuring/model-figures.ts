import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import type { Report } from '#domain/report.ts';
import { priceOf } from '#ports/model-prices/prices.ts';
import type { ModelUse } from './measured-model.ts';

type ModelFigures = Pick<BenchmarkRecord, 'modelCalls' | 'tokens' | 'costUsd' | 'ms'>;

/**
 * What a run with a model took. The model's time is what its calls took when they were made, and the total is that
 * and everything else: so a recorded answer costs what it cost, and a benchmark is the same whether it asks or reads.
 */
export function modelFigures(
  report: Report,
  { usesGgan }: Pick<Arm, 'usesGgan'>,
  { waitedMs }: ModelUse,
  model: ModelSettings,
): ModelFigures {
  const { ms, modelMs } = report;
  const outside = Math.max(0, ms.total - waitedMs);
  const ofSteps = ms.analyze + ms.planEdits + ms.applyEdits + ms.verify;
  // What is neither a step nor a wait is excerpts, prompts, what becomes of answers, and communication.
  const rest = Math.max(0, outside - ofSteps);
  const communication = Math.min(ms.communication, rest);
  const repairing = rest - communication;
  return {
    modelCalls: report.modelCalls,
    tokens: report.tokens,
    // One run without a call costs nothing, but says nothing of what the others cost.
    costUsd: priceOf(model) === null ? null : report.costUsd,
    ms: {
      total: outside + modelMs,
      ggan: usesGgan ? ms.planEdits : null,
      analysis: ms.analyze,
      model: modelMs,
      edits: (usesGgan ? 0 : ms.planEdits) + ms.applyEdits + repairing,
      gates: ms.verify,
      communication,
      behaviorCheck: null,
    },
  };
}
