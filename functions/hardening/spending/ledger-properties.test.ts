import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { noTokens, spentBy } from '#domain/model-call.ts';
import type { ModelBudget } from '#domain/model-settings.ts';
import { answered, budget, newAccount, planned } from './fixtures/accounts.ts';
import { type Reservation, reserve, settle } from './ledger.ts';
import { type Account, readLedger } from './read-ledger.ts';

describe('whatever is reserved and settled, in any order', () => {
  const operation = fc.oneof(
    fc.record({ do: fc.constant('reserve' as const), maxTokens: fc.integer({ min: 1, max: 900 }) }),
    fc.record({
      do: fc.constant('settle' as const),
      which: fc.nat(5),
      /** What the server counts, as a share of what was reserved; null where nobody knows. */
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
  );
  const limits = fc.record({
    maxCalls: fc.nat(12),
    maxTokens: fc.nat(6000),
    maxCostUsd: fc.option(fc.double({ min: 0, max: 0.003, noNaN: true })),
  });

  test('the budget is never passed by servers that keep to what was reserved', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.array(operation, { maxLength: 25 }), async (given, operations) => {
        const own = newAccount();
        await carryOut(own, given, operations, (share) => share);

        expect(excess(spentBy(await readLedger(own)), given)).toBe(false);
      }),
    );
  });

  test('by a server that counts more, it is passed by one call at most', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.array(operation, { maxLength: 25 }), async (given, operations) => {
        const own = newAccount();
        let isOver = false;
        await carryOut(own, given, operations, (share) => share * 50, {
          // What was reserved before the call that went over is settled too, so only new calls are looked at.
          onReserved: async () => {
            expect(isOver).toBe(false);
          },
          onSettled: async () => {
            isOver = excess(spentBy(await readLedger(own)), given);
          },
        });
      }),
    );
  });

  test('it is a plain sum: every call is there once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 15 }), async (operations) => {
        const own = newAccount();
        const made = await carryOut(own, budget({ maxCalls: 100 }), operations, (share) => share);

        expect((await readLedger(own)).calls.map(({ number }) => number)).toEqual(
          Array.from({ length: made }, (_, index) => index + 1),
        );
      }),
    );
  });

  type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
  type Watch = { onReserved?: () => Promise<void>; onSettled?: () => Promise<void> };

  async function carryOut(
    own: Account,
    given: ModelBudget,
    operations: Operation[],
    grow: (share: number) => number,
    { onReserved, onSettled }: Watch = {},
  ): Promise<number> {
    const open: Reservation[] = [];
    let made = 0;
    for (const each of operations) {
      if (each.do === 'reserve') {
        const answer = await reserve(own, given, planned({ maxTokens: each.maxTokens }));
        if ('refused' in answer) continue;
        made += 1;
        open.push(answer);
        await onReserved?.();
        continue;
      }
      const [reservation] = open.splice(each.which % Math.max(1, open.length), 1);
      if (reservation === undefined) continue;
      const { calls } = await readLedger(own);
      const most = calls.find(({ number }) => number === reservation.number)?.tokens ?? noTokens;
      const counted = (tokens: number, share: number) => Math.floor(tokens * grow(share));
      const settlement =
        each.share === null
          ? { ...answered(0, 0), tokens: null }
          : answered(counted(most.prompt, each.share), counted(most.completion, each.share));
      await settle(own, reservation, settlement);
      await onSettled?.();
    }
    return made;
  }

  function excess({ calls, tokens, costUsd }: ReturnType<typeof spentBy>, given: ModelBudget): boolean {
    return (
      calls > given.maxCalls ||
      tokens.prompt + tokens.completion > given.maxTokens ||
      (given.maxCostUsd !== null && (costUsd ?? Number.POSITIVE_INFINITY) > given.maxCostUsd)
    );
  }
});
