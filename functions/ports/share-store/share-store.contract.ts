import { beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_SHARES } from '#domain/share.ts';
import type { ShareStore, StoredShare } from './share-store.ts';
import { hashToken, newShareToken } from './share-token.ts';

const RUN = 'a'.repeat(32);
const START = Date.parse('2026-01-01T00:00:00.000Z');
const DAY = 86_400_000;

/** What every share store promises; each adapter runs it over a store of its own, empty for each test. */
export function describeShareStore(name: string, open: (now: () => Date) => Promise<ShareStore>): void {
  describe(`${name}, as any share store`, () => {
    let store: ShareStore;
    let now: number;
    beforeEach(async () => {
      now = START;
      store = await open(() => new Date(now));
    });

    async function share(change: Partial<StoredShare> = {}): Promise<StoredShare> {
      const made: StoredShare = {
        ...hashToken(newShareToken()),
        owner: 'ann',
        runId: RUN,
        showsSecrets: false,
        createdAt: new Date(now).toISOString(),
        expiresAt: new Date(now + 7 * DAY).toISOString(),
        ...change,
      };
      await store.create(made);
      return made;
    }

    it('opens with the token that it was made with, and with no other', async () => {
      const token = newShareToken();
      const made = await share({ ...hashToken(token), showsSecrets: true });

      expect(await store.find(hashToken(token))).toEqual(made);
      expect(await store.find(hashToken(newShareToken()))).toBeNull();
    });

    it('does not open with what only begins as the hash does', async () => {
      const { id, tokenHash } = await share();

      const likened = `${tokenHash.slice(0, -1)}${tokenHash.endsWith('0') ? '1' : '0'}`;

      expect(await store.find({ id, tokenHash: likened })).toBeNull();
    });

    it('opens until it expires, and not at that moment', async () => {
      const made = await share();

      now = START + 7 * DAY - 1;
      const before = await store.find(made);
      now = START + 7 * DAY;
      const after = await store.find(made);

      expect(before?.id).toBe(made.id);
      expect(after).toBeNull();
      expect(await store.list('ann', RUN)).toEqual([]);
      expect(await store.delete('ann', made.id)).toBe(false);
    });

    it('shows an owner the shares of one run, the newest first, without what opens them', async () => {
      const first = await share();
      now += 1000;
      const second = await share({ showsSecrets: true });
      await share({ runId: 'b'.repeat(32) });
      await share({ owner: 'bob' });

      const listed = await store.list('ann', RUN);

      expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(listed.map(({ showsSecrets }) => showsSecrets)).toEqual([true, false]);
      expect(JSON.stringify(listed)).not.toContain(first.tokenHash);
    });

    it('is revoked by its owner alone', async () => {
      const made = await share();

      expect(await store.delete('bob', made.id)).toBe(false);
      expect(await store.find(made)).not.toBeNull();
      expect(await store.delete('ann', made.id)).toBe(true);
      expect(await store.find(made)).toBeNull();
      expect(await store.delete('ann', made.id)).toBe(false);
    });

    it('goes with its run, and the others stay', async () => {
      const [first, second] = [await share(), await share()];
      const other = await share({ runId: 'b'.repeat(32) });

      await store.deleteAll('bob', RUN);
      expect(await store.find(first)).not.toBeNull();
      await store.deleteAll('ann', RUN);

      expect(await Promise.all([first, second].map((made) => store.find(made)))).toEqual([null, null]);
      expect(await store.find(other)).not.toBeNull();
    });

    it('takes so many of a run and no more, until one has expired', async () => {
      for (let n = 0; n < MAX_SHARES; n += 1) await share();

      await expect(share()).rejects.toMatchObject({ name: 'ConflictError' });
      await share({ runId: 'b'.repeat(32) });
      now += 8 * DAY;
      await share();
    });
  });
}
