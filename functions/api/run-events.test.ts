import { describe, expect, it } from '@jest/globals';
import { RunEventsSchema } from '#domain/run-events.ts';
import { runKeys } from '#domain/run-keys.ts';
import { writeJson } from '#ports/json-blob.ts';
import { api, NO_RUN } from './fixtures/api-under-test.ts';

const event = (number: number, step: string) => ({
  number,
  at: '2026-01-01T00:00:00.000Z',
  step,
  iteration: 1,
  note: null,
});

describe('the events of a run', () => {
  it('are none, and nothing is spent, before it began', async () => {
    const { send, createRun } = api();
    const { id } = await createRun();

    const { status, text } = await send(`GET /v1/runs/${id}/events`);

    expect(status).toBe(200);
    expect(RunEventsSchema.parse(JSON.parse(text))).toEqual({
      status: 'queued',
      progress: null,
      events: [],
      next: 0,
      spent: { calls: 0, tokens: { prompt: 0, completion: 0, estimated: false }, costUsd: 0, ms: 0 },
    });
  });

  it('are told from where the caller left off, with what was spent so far', async () => {
    const { send, createRun, services } = api();
    const { id } = await createRun();
    await services.runStore.markRunning(id);
    await services.runStore.recordProgress(id, { step: 'Repair', iteration: 1 });
    await writeJson(services.blobStore, runKeys(id).events, {
      events: [event(3, 'Analyze'), event(4, 'PlanEdits'), event(5, 'Repair')],
    });
    const call = { step: 'Repair', iteration: 1, role: 'general', model: 'm', outcome: null, ms: 40 };
    const tokens = { prompt: 100, completion: 20, estimated: true };
    await writeJson(services.blobStore, runKeys(id).ledger, {
      calls: [{ ...call, number: 1, status: 'reserved', tokens, costUsd: null }],
    });

    const eventsAfter = async (n: number) =>
      RunEventsSchema.parse(JSON.parse((await send(`GET /v1/runs/${id}/events?after=${n}`)).text));
    const some = await eventsAfter(3);

    expect(some).toMatchObject({
      status: 'running',
      progress: { step: 'Repair', iteration: 1 },
      next: 5,
      spent: { calls: 1, tokens, costUsd: null, ms: 40 },
    });
    expect(some.events.map(({ step }) => step)).toEqual(['PlanEdits', 'Repair']);
    expect(await eventsAfter(5)).toMatchObject({ events: [], next: 5 });
  });

  it('are the owner’s alone', async () => {
    const { problem, createRun } = api();
    const { id } = await createRun();

    expect((await problem(`GET /v1/runs/${NO_RUN}/events`)).status).toBe(404);
    expect((await problem(`GET /v1/runs/${id}/events?after=-1`)).errors?.[0]?.field).toBe('after');
  });
});
