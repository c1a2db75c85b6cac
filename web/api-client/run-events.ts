import { type RunEvents, RunEventsSchema } from '#domain/run-events.ts';
import { sendForJson } from './send.ts';

/** What a run did after the event with this number, and what it has spent so far. */
export function fetchRunEvents(id: string, after: number, signal?: AbortSignal): Promise<RunEvents> {
  return sendForJson(
    RunEventsSchema,
    `/v1/runs/${encodeURIComponent(id)}/events?after=${after}`,
    signal ? { signal } : {},
  );
}
