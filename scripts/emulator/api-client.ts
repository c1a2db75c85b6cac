import { setTimeout as sleep } from 'node:timers/promises';
import { type Report, ReportSchema } from '#domain/report.ts';
import { type Run, RunSchema } from '#domain/run.ts';

/** One caller of the API, by its key, as a program elsewhere would be. */
export type ApiClient = {
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** Starts a run; throws where that is not answered with 202. */
  start: (body: unknown, headers?: Record<string, string>) => Promise<Run>;
  /** The run once it is finished; throws where it is not within its time. */
  finished: (run: Run) => Promise<Run>;
  report: (run: Run) => Promise<Report>;
};

const FINISHES_WITHIN_MS = 110_000;

/** A caller of the API at `url`; `key` null for one without. */
export function createApiClient(url: string, key: string | null): ApiClient {
  const send: ApiClient['send'] = (method, path, body, headers = {}) =>
    fetch(`${url}/v1${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { 'x-api-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const answer = async (response: Response, status: number): Promise<unknown> => {
    const text = await response.text();
    if (response.status !== status) throw new Error(`${response.status} for ${status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    send,
    start: async (body, headers) =>
      RunSchema.parse(await answer(await send('POST', '/runs', body, headers), 202)),
    finished: async ({ id }) => {
      const deadline = performance.now() + FINISHES_WITHIN_MS;
      while (performance.now() < deadline) {
        const run = RunSchema.parse(await answer(await send('GET', `/runs/${id}`), 200));
        if (run.status === 'finished') return run;
        await sleep(100);
      }
      throw new Error(`The run ${id} is not finished.`);
    },
    report: async ({ id }) =>
      ReportSchema.parse(await answer(await send('GET', `/runs/${id}/report?format=json`), 200)),
  };
}
