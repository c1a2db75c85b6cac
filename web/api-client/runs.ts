import { type Report, ReportSchema } from '#domain/report.ts';
import { type Run, type RunPage, RunPageSchema, RunSchema } from '#domain/run.ts';
import { send, sendForJson } from './send.ts';

export function fetchRun(id: string, signal?: AbortSignal): Promise<Run> {
  return sendForJson(RunSchema, `/v1/runs/${encodeURIComponent(id)}`, signal ? { signal } : {});
}

export function fetchReport(id: string, signal?: AbortSignal): Promise<Report> {
  return sendForJson(
    ReportSchema,
    `/v1/runs/${encodeURIComponent(id)}/report?format=json`,
    signal ? { signal } : {},
  );
}

/** One page of the visitor's runs, the newest first. */
export function fetchRuns(
  query: { limit: number; cursor: string | null },
  signal?: AbortSignal,
): Promise<RunPage> {
  const search = new URLSearchParams({
    limit: String(query.limit),
    ...(query.cursor ? { cursor: query.cursor } : {}),
  });
  return sendForJson(RunPageSchema, `/v1/runs?${search}`, signal ? { signal } : {});
}

/** Asks a run to stop with the best result so far. */
export function cancelRun(id: string): Promise<Run> {
  return sendForJson(RunSchema, `/v1/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST', body: {} });
}

/** Removes a run with everything that it left. */
export async function deleteRun(id: string): Promise<void> {
  await send(`/v1/runs/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
