import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Quota } from './quota.ts';

const request = { owner: 'ann', counter: 'runs', limit: 3, windowSeconds: 86_400 } as const;

/** What every quota that counts promises; each adapter runs it over counters of its own, new for each test. */
export function describeQuota(name: string, open: (now: () => Date) => Promise<Quota>): void {
  describe(`${name}, as any quota`, () => {
    let now: Date;
    let quota: Quota;
    beforeEach(async () => {
      now = new Date('2026-01-01T12:00:00.000Z');
      quota = await open(() => now);
    });

    const exceeded = (retryAfterSeconds: number) => ({ name: 'QuotaExceededError', retryAfterSeconds });

    it('gives as many as there are and not one more, and says when there are more', async () => {
      for (let n = 0; n < 3; n += 1) await quota.reserve(request);

      await expect(quota.reserve(request)).rejects.toMatchObject({
        ...exceeded(12 * 3600),
        message: 'The quota of 3 runs in a day is used up.',
      });
    });

    it('counts anew in the next window', async () => {
      for (let n = 0; n < 3; n += 1) await quota.reserve(request);
      now = new Date('2026-01-01T23:59:59.999Z');
      await expect(quota.reserve(request)).rejects.toMatchObject(exceeded(1));
      now = new Date('2026-01-02T00:00:00.000Z');

      await quota.reserve(request);
    });

    it('counts each owner and each thing apart', async () => {
      await quota.reserve({ ...request, units: 3 });

      await quota.reserve({ ...request, owner: 'bob' });
      await quota.reserve({ ...request, counter: 'shares' });
    });

    it('takes several at once or none of them', async () => {
      await quota.reserve({ ...request, units: 2 });

      await expect(quota.reserve({ ...request, units: 2 })).rejects.toMatchObject(exceeded(12 * 3600));
      await expect(quota.reserve({ ...request, units: 4 })).rejects.toMatchObject(exceeded(12 * 3600));
      await quota.reserve(request);
    });

    it('gives nothing where the limit is zero', async () => {
      await expect(quota.reserve({ ...request, limit: 0 })).rejects.toMatchObject(exceeded(12 * 3600));
    });

    it('takes back what was reserved', async () => {
      const reservation = await quota.reserve({ ...request, units: 3 });

      await quota.release(reservation);

      await quota.reserve({ ...request, units: 3 });
      await expect(quota.reserve(request)).rejects.toMatchObject(exceeded(12 * 3600));
    });

    it('takes nothing back that it did not give', async () => {
      const reservation = await quota.reserve(request);
      await quota.release(reservation);
      await quota.release(reservation);

      await quota.reserve({ ...request, units: 3 });
      await expect(quota.reserve(request)).rejects.toMatchObject(exceeded(12 * 3600));
    });

    it('lets no more through than there are, however many ask at once', async () => {
      const asked = Array.from({ length: 40 }, () => quota.reserve({ ...request, limit: 25 }));

      const answers = await Promise.allSettled(asked);

      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
    });
  });
}
