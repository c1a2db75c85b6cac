import { z } from 'zod';
import { VerdictSchema } from '#domain/verdict.ts';
import type { StepHandler } from '#hardening/step-handler.ts';
import { putMetrics } from './metrics.ts';

const AnswerSchema = z.object({ verdict: VerdictSchema });

/** The last step, which also counts the run: alarms read how many failed. */
export function reportEntry(handle: StepHandler, stage: string): StepHandler {
  return async (event, context) => {
    const answer = await handle(event, context);
    const { verdict } = AnswerSchema.parse(answer);
    putMetrics(stage, {
      RunsFinished: { value: 1, unit: 'Count' },
      RunsFailed: { value: verdict === 'failed' ? 1 : 0, unit: 'Count' },
    });
    return answer;
  };
}
