import { z } from 'zod';
import { RunIdSchema } from '#domain/loop-state.ts';
import { finalizeAbandonedRuns, finalizeRun } from '#hardening/finalize-run.ts';
import { putMetrics } from './metrics.ts';
import type { AwsStores } from './stores.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const EndedExecutionSchema = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({
    status: z.enum(['ABORTED', 'TIMED_OUT', 'FAILED']),
    /** The execution has the name of its run. */
    name: RunIdSchema,
  }),
});
const SweepSchema = z.object({ 'detail-type': z.literal('Scheduled Event') });
const EventSchema = z.union([EndedExecutionSchema, SweepSchema]);

const REASONS = {
  ABORTED: 'Its execution was stopped from outside.',
  TIMED_OUT: 'Its execution took longer than a run may.',
  FAILED: 'Its execution failed.',
} as const;

/**
 * Gives every run that ended from outside its report, and deletes its keys: at once when its execution ends, and by a
 * sweep those of which nobody told. Events may come twice; the first outcome of a run stays.
 */
export function finalizeEntry(services: AwsStores, stage: string): (event: unknown) => Promise<void> {
  return async (input) => {
    const event = EventSchema.parse(input);
    if (!('detail' in event)) return sweep(services, stage);
    const { name, status } = event.detail;
    const run = await services.runStore.get(null, name);
    if (!run || run.status === 'finished') return;
    await finalizeRun(services, run, { reason: REASONS[status], isRetried: true });
    putMetrics(stage, {
      RunsFinished: { value: 1, unit: 'Count' },
      RunsFailed: { value: 1, unit: 'Count' },
    });
  };
}

async function sweep(services: AwsStores, stage: string): Promise<void> {
  const oldest = await services.runStore.oldestUnfinished();
  const seconds = oldest === null ? 0 : Math.max(0, (Date.now() - oldest.getTime()) / 1000);
  putMetrics(stage, { OldestRunAgeSeconds: { value: Math.round(seconds), unit: 'Seconds' } });
  await finalizeAbandonedRuns(services);
}
