import { beforeEach, describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import type { RunOutcome } from '#domain/run.ts';
import type { NewRun, RunStore } from './run-store.ts';

const outcome: RunOutcome = {
  verdict: 'secured',
  reason: 'done',
  findings: { before: 1, after: 0, fixed: 1, remaining: 0, introduced: 0, informational: 2 },
  cancelled: false,
  failure: null,
};

let number = 0;
function newRun(change: Partial<NewRun> = {}): NewRun {
  number += 1;
  return {
    id: number.toString(16).padStart(32, '0'),
    owner: 'ann',
    path: 'app.py',
    settings: RunSettingsSchema.parse({}),
    input: 'code',
    hasTests: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

/** What every run store promises; each adapter runs it over a store of its own, empty for each test. */
export function describeRunStore(name: string, open: () => Promise<RunStore>): void {
  describe(`${name}, as any run store`, () => {
    let store: RunStore;
    beforeEach(async () => {
      store = await open();
    });

    it('gives a new run back as queued', async () => {
      const run = newRun();

      const created = await store.create(run);

      expect(created.isNew).toBe(true);
      expect(created.run).toEqual({
        id: run.id,
        path: 'app.py',
        settings: run.settings,
        input: 'code',
        hasTests: false,
        status: 'queued',
        createdAt: run.createdAt,
        startedAt: null,
        finishedAt: null,
        progress: null,
        cancelRequested: false,
        outcome: null,
      });
      expect(await store.get('ann', run.id)).toEqual(created.run);
    });

    it('refuses a second run of the same id', async () => {
      const run = newRun();
      await store.create(run);

      await expect(store.create(run)).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('keeps owners apart, and shows everything to the system', async () => {
      const run = newRun();
      await store.create(run);

      expect(await store.get('bob', run.id)).toBeNull();
      expect((await store.list('bob', { limit: 10 })).runs).toEqual([]);
      expect(await store.delete('bob', run.id)).toBe(false);
      expect((await store.get(null, run.id))?.id).toBe(run.id);
    });

    it('follows a run to its end', async () => {
      const { id } = newRun();
      await store.create(newRun({ id }));

      await store.markRunning(id);
      await store.recordProgress(id, { step: 'PlanEdits', iteration: 2 });
      const running = await store.get('ann', id);
      const isFirst = await store.finish(id, outcome);
      const finished = await store.get('ann', id);

      expect(running).toMatchObject({ status: 'running', progress: { step: 'PlanEdits', iteration: 2 } });
      expect(running?.startedAt).not.toBeNull();
      expect(isFirst).toBe(true);
      expect(finished).toMatchObject({ status: 'finished', outcome });
      expect(finished?.finishedAt).not.toBeNull();
    });

    it('keeps the first outcome, whatever comes after it', async () => {
      const run = newRun();
      await store.create(run);
      await store.finish(run.id, outcome);

      const isFirst = await store.finish(run.id, { ...outcome, verdict: 'failed' });
      await store.markRunning(run.id);
      await store.requestCancel(run.id);
      await store.recordProgress(run.id, { step: 'Verify', iteration: 9 });

      expect(isFirst).toBe(false);
      expect(await store.get('ann', run.id)).toMatchObject({
        status: 'finished',
        cancelRequested: false,
        progress: null,
        outcome: { verdict: 'secured' },
      });
    });

    it('notes that a run is to stop; one that is gone is to stop too', async () => {
      const run = newRun();
      await store.create(run);

      const before = await store.isCancelRequested(run.id);
      await store.requestCancel(run.id);

      expect(before).toBe(false);
      expect(await store.isCancelRequested(run.id)).toBe(true);
      expect(await store.isCancelRequested('f'.repeat(32))).toBe(true);
    });

    it('lists the newest first, page by page, without losing or repeating one', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.push((await store.create(newRun())).run.id);

      const first = await store.list('ann', { limit: 2 });
      const second = await store.list('ann', { limit: 2, after: first.next });
      const third = await store.list('ann', { limit: 2, after: second.next });

      const listed = [first, second, third].flatMap(({ runs }) => runs.map(({ id }) => id));
      expect(listed).toEqual(ids.toReversed());
      expect(third.next).toBeNull();
    });

    it('gives no cursor for an exactly full last page', async () => {
      await store.create(newRun());
      await store.create(newRun());

      expect((await store.list('ann', { limit: 2 })).next).toBeNull();
    });

    it('refuses a cursor that it did not give', async () => {
      await expect(store.list('ann', { limit: 2, after: "1' OR 1" })).rejects.toMatchObject({
        name: 'InvalidInputError',
      });
    });

    it('gives the earlier run back for the same idempotency key and request', async () => {
      const idempotency = { key: 'k', requestHash: 'h' };
      const { run } = await store.create(newRun({ idempotency }));

      const again = await store.create(newRun({ idempotency }));
      const other = await store.create(newRun({ idempotency, owner: 'bob' }));

      expect(again).toEqual({ run, isNew: false });
      expect(other.isNew).toBe(true);
    });

    it('refuses the same idempotency key for another request', async () => {
      await store.create(newRun({ idempotency: { key: 'k', requestHash: 'h' } }));

      await expect(
        store.create(newRun({ idempotency: { key: 'k', requestHash: 'other' } })),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('forgets a deleted run', async () => {
      const run = newRun();
      await store.create(run);

      expect(await store.delete('ann', run.id)).toBe(true);
      expect(await store.get('ann', run.id)).toBeNull();
      expect(await store.delete('ann', run.id)).toBe(false);
    });

    it('knows what a run begins with', async () => {
      const { run } = await store.create(newRun({ input: 'prompt' }));

      expect([run.input, (await store.get('ann', run.id))?.input]).toEqual(['prompt', 'prompt']);
    });

    it('keeps hostile names as they are', async () => {
      const path = `'); DROP TABLE runs; --\u0000\u202e<b>.py`;

      const { run } = await store.create(newRun({ path }));

      expect((await store.get('ann', run.id))?.path).toBe(path);
    });
  });
}
