import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import type { RunOutcome } from '#domain/run.ts';
import { createDynamoClient } from '../dynamo-client.ts';
import { createTable } from '../fixtures/create-table.ts';
import { describeOnDynamo } from '../fixtures/emulated-dynamo.ts';
import { createDynamoRunStore, type DynamoRunStore, type DynamoRunStoreOptions } from './dynamo-run-store.ts';
import { describeRunStore } from './run-store.contract.ts';

const run = {
  id: 'a'.repeat(32),
  owner: 'ann',
  path: 'app.py',
  settings: RunSettingsSchema.parse({}),
  input: 'code' as const,
  hasTests: false,
  createdAt: '2026-01-01T00:00:00.000Z',
};
const outcome: RunOutcome = {
  verdict: 'unchanged',
  reason: 'half a character: \ud800',
  findings: null,
  cancelled: false,
  failure: null,
};

describeOnDynamo(({ client, emulator }) => {
  async function open(options: Partial<DynamoRunStoreOptions> = {}) {
    await createTable(client(), 'runs');
    return createDynamoRunStore({ client: client(), tableName: 'runs', ...options });
  }

  describeRunStore('the DynamoDB run store', () => open());

  describe('the DynamoDB run store', () => {
    it('keeps text of a user out of every key', async () => {
      const store = await open();
      const hostile = { ...run, owner: 'ann#OWNER', path: 'secret-name.py' };
      await store.create({ ...hostile, idempotency: { key: 'my#key', requestHash: 'h' } });

      const { Items = [] } = await client().send(new ScanCommand({ TableName: 'runs' }));

      const keys = Items.map(({ pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk }) =>
        [pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk].join(' '),
      );
      expect(keys).toHaveLength(2);
      expect(keys.join()).not.toMatch(/ann|secret|my/);
    });

    it('keeps what DynamoDB cannot hold as text', async () => {
      const store = await open();
      await store.create({ ...run, path: 'half \ud800.py' });

      await store.finish(run.id, outcome);

      expect(await store.get('ann', run.id)).toMatchObject({ path: 'half \ufffd.py', outcome });
    });

    it('takes an Idempotency-Key again once its run is deleted', async () => {
      const store = await open();
      const idempotency = { key: 'k', requestHash: 'h' };
      await store.create({ ...run, idempotency });
      await store.delete('ann', run.id);

      const again = await store.create({ ...run, id: 'b'.repeat(32), idempotency });

      expect([again.isNew, again.run.id]).toEqual([true, 'b'.repeat(32)]);
    });

    it('binds a cursor to its owner', async () => {
      const store = await open();
      await store.create(run);
      await store.create({ ...run, id: 'b'.repeat(32) });
      const { next } = await store.list('ann', { limit: 1 });

      expect((await store.list('ann', { limit: 1, after: next })).runs).toHaveLength(1);
      await expect(store.list('bob', { limit: 1, after: next })).rejects.toMatchObject({
        name: 'InvalidInputError',
      });
    });

    it('forgets a run, its place in the list and its Idempotency-Key when its time is over', async () => {
      let now = new Date('2026-01-01T00:00:00.000Z');
      const store = await open({ retentionDays: 1, now: () => now });
      const request = { ...run, idempotency: { key: 'k', requestHash: 'h' } };
      await store.create(request);
      now = new Date('2026-01-01T23:59:59.000Z');
      const before = await store.get('ann', run.id);
      now = new Date('2026-01-02T00:00:00.000Z');

      expect(before?.id).toBe(run.id);
      expect(await store.get('ann', run.id)).toBeNull();
      expect((await store.list('ann', { limit: 5 })).runs).toEqual([]);
      expect(await store.isCancelRequested(run.id)).toBe(true);
      expect(await store.delete('ann', run.id)).toBe(false);
      expect((await store.create({ ...request, id: 'b'.repeat(32) })).isNew).toBe(true);
    });

    it('goes on reading until a page is full, whatever has expired on the way', async () => {
      let now = new Date('2026-01-01T00:00:00.000Z');
      const store = await open({ retentionDays: 1, now: () => now });
      const later = createDynamoRunStore({
        client: client(),
        tableName: 'runs',
        retentionDays: 9,
        now: () => now,
      });
      const id = (n: number) => n.toString(16).padStart(32, '0');
      await later.create({ ...run, id: id(1) });
      for (let n = 2; n < 9; n += 1) await store.create({ ...run, id: id(n) });
      now = new Date('2026-01-03T00:00:00.000Z');

      expect(await store.list('ann', { limit: 1 })).toMatchObject({ runs: [{ id: id(1) }], next: null });
    });

    it('knows a run as abandoned when it is unfinished past the time that it may take', async () => {
      let now = new Date('2026-01-01T00:00:00.000Z');
      const store = await open({ abandonedAfterSeconds: 60, now: () => now });
      const id = (letter: string) => letter.repeat(32);
      for (const letter of ['a', 'b', 'c']) await store.create({ ...run, id: id(letter) });
      await store.finish(id('b'), outcome);
      await store.delete('ann', id('c'));
      now = new Date('2026-01-01T00:00:30.000Z');
      await store.create({ ...run, id: id('d') });
      const oldest = await store.oldestUnfinished();
      const tooEarly = await store.abandoned();
      now = new Date('2026-01-01T00:01:01.000Z');

      expect(oldest).toEqual(new Date('2026-01-01T00:00:00.000Z'));
      expect(tooEarly).toEqual([]);
      expect((await store.abandoned()).map((found) => found.id)).toEqual([id('a')]);
      await store.finish(id('a'), outcome);
      await store.finish(id('d'), outcome);
      expect([await store.abandoned(), await store.oldestUnfinished()]).toEqual([[], null]);
    });
  });

  describe('two writers of the DynamoDB run store, again and again', () => {
    const ROUNDS = 200;
    const AT_ONCE = 20;
    const id = (n: number) => n.toString(16).padStart(32, '0');

    /** Two stores with clients of their own, let loose on as many runs; several rounds are under way at once. */
    async function race(
      rounds: number,
      round: (first: DynamoRunStore, second: DynamoRunStore, n: number) => Promise<void>,
    ): Promise<void> {
      const other = createDynamoClient(emulator().clientConfig);
      const first = await open();
      const second = createDynamoRunStore({ client: other, tableName: 'runs' });
      for (let n = 0; n < rounds; n += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => round(first, second, n + at)));
      }
      other.destroy();
    }

    it('create one run between them for one Idempotency-Key', async () => {
      await race(ROUNDS, async (first, second, n) => {
        const idempotency = { key: String(n), requestHash: 'h' };

        const created = await Promise.all([
          first.create({ ...run, id: id(2 * n), idempotency }),
          second.create({ ...run, id: id(2 * n + 1), idempotency }),
        ]);

        expect(created.filter(({ isNew }) => isNew)).toHaveLength(1);
        expect(created[0]?.run).toEqual(created[1]?.run);
      });

      const store = createDynamoRunStore({ client: client(), tableName: 'runs' });
      const { runs, next } = await store.list('ann', { limit: 2 * ROUNDS });
      expect([new Set(runs.map((listed) => listed.id)).size, next]).toEqual([ROUNDS, null]);
    }, 120_000);

    it('finish a run once, and what the others write at that moment changes nothing', async () => {
      await race(ROUNDS, async (first, second, n) => {
        await first.create({ ...run, id: id(n) });

        const [one, two] = await Promise.all([
          first.finish(id(n), { ...outcome, reason: 'one' }),
          second.finish(id(n), { ...outcome, reason: 'two' }),
          second.recordProgress(id(n), { step: 'Verify', iteration: 1 }),
          first.markRunning(id(n)),
        ]);

        expect([one, two].toSorted()).toEqual([false, true]);
        expect(await first.get(null, id(n))).toMatchObject({
          status: 'finished',
          outcome: { reason: one ? 'one' : 'two' },
        });
      });
    }, 120_000);

    it('delete a run once', async () => {
      await race(60, async (first, second, n) => {
        await first.create({ ...run, id: id(n), idempotency: { key: String(n), requestHash: 'h' } });

        const deleted = await Promise.all([first.delete('ann', id(n)), second.delete('ann', id(n))]);

        expect(deleted.toSorted()).toEqual([false, true]);
      });

      expect((await client().send(new ScanCommand({ TableName: 'runs' }))).Items).toEqual([]);
    }, 120_000);
  });
});
