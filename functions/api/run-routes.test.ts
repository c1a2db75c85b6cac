import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { StoreUnavailableError } from '#domain/errors.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { api, NO_RUN } from './fixtures/api-under-test.ts';
import { eventOf } from './fixtures/requests.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('GET /v1/runs', () => {
  it('pages through the owner’s runs, the newest first', async () => {
    const { send, createRun, services } = api();
    const ids = [(await createRun()).id, (await createRun()).id, (await createRun()).id];
    await services.runStore.create({
      id: NO_RUN,
      owner: 'bob',
      path: 'b.py',
      settings: securedReport.settings,
      input: 'code',
      hasTests: false,
      createdAt: securedReport.createdAt,
    });
    const PageSchema = z.strictObject({ runs: z.array(RunSchema), next: z.string().nullable() });

    const first = PageSchema.parse(JSON.parse((await send('GET /v1/runs?limit=2')).text));
    const second = PageSchema.parse(JSON.parse((await send(`GET /v1/runs?cursor=${first.next}`)).text));

    expect([...first.runs, ...second.runs].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.next).toBeNull();
  });

  it.each(['limit=0', 'limit=101', 'limit=', 'limit=1.5', 'limit=-1', 'cursor=', 'cursor=x'])(
    'refuses %s',
    async (query) => {
      const { problem } = api();

      expect((await problem(`GET /v1/runs?${query}`)).status).toBe(400);
    },
  );
});

describe('GET /v1/runs/{runId}', () => {
  it('tells how far a run has come', async () => {
    const { send, createRun } = api();
    const run = await createRun();

    const { status, text } = await send(`GET /v1/runs/${run.id}`);

    expect([status, JSON.parse(text)]).toEqual([200, run]);
  });

  it.each([NO_RUN, 'x', '%2e%2e', '%', 'F'.repeat(32), `${'0'.repeat(31)}%00`])(
    'does not find %s, in the same words as a run of somebody else',
    async (id) => {
      const { handler, problem, createRun } = api();
      const run = await createRun();
      const event = eventOf(`GET /v1/runs/${run.id}`);
      event.requestContext.authorizer = { owner: 'mallory' };

      const { headers: _, ...missing } = await problem(`GET /v1/runs/${id}`);
      const foreign = await handler(event);

      expect(missing.status).toBe(404);
      expect(JSON.parse(foreign.body)).toEqual(missing);
    },
  );
});

describe('POST /v1/runs/{runId}/cancel', () => {
  it('asks a run to stop, and leaves a finished one as it is', async () => {
    const { send, createRun, finish } = api();
    const { id } = await createRun();
    const ended = await createRun();
    await finish(ended.id);

    const stopping = await send(`POST /v1/runs/${id}/cancel`);
    const finished = await send(`POST /v1/runs/${ended.id}/cancel`, { body: {} });

    expect(stopping.status).toBe(202);
    expect(JSON.parse(stopping.text)).toMatchObject({ id, cancelRequested: true });
    expect(finished.status).toBe(200);
    expect(JSON.parse(finished.text)).toMatchObject({ status: 'finished', cancelRequested: false });
  });

  it('does not stop the run of somebody else', async () => {
    const { handler, createRun, rows } = api();
    const { id } = await createRun();
    const event = eventOf(`POST /v1/runs/${id}/cancel`);
    event.requestContext.authorizer = { owner: 'mallory' };

    const { statusCode } = await handler(event);

    expect(statusCode).toBe(404);
    expect(rows[0]?.run.cancelRequested).toBe(false);
  });
});

describe('DELETE /v1/runs/{runId}', () => {
  it('removes a finished run with its blobs', async () => {
    const { send, createRun, finish, rows, blobs } = api();
    const { id } = await createRun();
    const kept = await createRun();
    await finish(id);

    const { status, text } = await send(`DELETE /v1/runs/${id}`);

    expect([status, text]).toEqual([204, '']);
    expect(rows.map(({ run }) => run.id)).toEqual([kept.id]);
    expect([...blobs.keys()]).toEqual([runKeys(kept.id).original]);
    expect((await send(`DELETE /v1/runs/${id}`)).status).toBe(404);
  });

  it('stops a run at work and removes what it wrote until it stopped', async () => {
    const { send, createRun, finish, services, rows, blobs } = api();
    const { id } = await createRun();
    await services.runStore.markRunning(id);

    const deleting = send(`DELETE /v1/runs/${id}`);
    while (!(await services.runStore.isCancelRequested(id))) await new Promise(setImmediate);
    await finish(id);

    expect((await deleting).status).toBe(204);
    expect([rows.length, blobs.size]).toEqual([0, 0]);
  });

  it('removes a run at once whose process is gone', async () => {
    const { send, createRun, services, rows } = api();
    const run = await createRun();
    services.runStore.abandoned = async () => [run];

    expect((await send(`DELETE /v1/runs/${run.id}`)).status).toBe(204);
    expect(rows).toHaveLength(0);
  });

  it('says so when a run does not stop, and keeps it', async () => {
    const { problem, createRun, rows, blobs } = api();
    const { id } = await createRun();
    jest.useFakeTimers();

    const deleting = problem(`DELETE /v1/runs/${id}`);
    await jest.advanceTimersByTimeAsync(20_000);

    const { status, headers } = await deleting;
    expect([status, headers['retry-after']]).toEqual([409, '1']);
    expect([rows.length, blobs.size]).toEqual([1, 1]);
  });

  it('keeps the run when its blobs cannot be removed, so that it can be asked for again', async () => {
    const { problem, createRun, finish, services, rows } = api();
    const { id } = await createRun();
    await finish(id);
    services.blobStore.deletePrefix = () => Promise.reject(new StoreUnavailableError('disk'));

    expect((await problem(`DELETE /v1/runs/${id}`)).status).toBe(503);
    expect(rows).toHaveLength(1);
  });
});
