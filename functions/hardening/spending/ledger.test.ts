import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  AddressForbiddenError,
  ConflictError,
  ModelAnswerError,
  ModelBusyError,
  ModelRefusedError,
  ModelTimeoutError,
} from '#domain/errors.ts';
import { noTokens, spentBy } from '#domain/model-call.ts';
import { type ModelBudget, ModelSettingsSchema } from '#domain/model-settings.ts';
import { runKeys } from '#domain/run-keys.ts';
import { answered, budget, newAccount, planned } from './fixtures/accounts.ts';
import { type PlannedCall, type Reservation, reserve, settle } from './ledger.ts';
import { type Account, readLedger } from './read-ledger.ts';
import { tokensOfFailure } from './tokens-of-failure.ts';

let account: Account;
beforeAll(() => {
  account = newAccount();
});

const unpriced = ModelSettingsSchema.parse({
  name: 'qwen2.5-coder:7b',
  baseUrl: 'http://127.0.0.1:11434/v1',
});

async function reserved(given: Account, limits: ModelBudget, call: PlannedCall): Promise<Reservation> {
  const answer = await reserve(given, limits, call);
  if ('refused' in answer) throw new Error(answer.message);
  return answer;
}

describe('reserve', () => {
  test('writes the most that the call may cost before it is made', async () => {
    const own = newAccount();

    expect(await reserve(own, budget(), planned())).toMatchObject({
      number: 1,
      price: { id: 'gpt-4o-mini' },
    });

    const [call] = (await readLedger(own)).calls;
    expect(call).toMatchObject({
      number: 1,
      step: 'Repair',
      role: 'general',
      model: 'gpt-4o-mini',
      status: 'reserved',
      outcome: null,
      tokens: { completion: 500, estimated: true },
      ms: 0,
    });
    expect(call?.tokens.prompt).toBeGreaterThanOrEqual(4);
    expect(call?.costUsd).toBeCloseTo(((call?.tokens.prompt ?? 0) * 0.15 + 500 * 0.6) / 1e6, 12);
  });

  test('a step that is tried again finds its old reservation, which counts', async () => {
    const own = newAccount();
    const limits = budget({ maxCalls: 2 });
    await reserved(own, limits, planned());

    const second = await reserved(own, limits, planned());
    await settle(own, second, answered(20, 100));

    expect(await reserve(own, limits, planned())).toMatchObject({ refused: 'calls' });
    const { calls } = await readLedger(own);
    expect(calls.map(({ number, status }) => [number, status])).toEqual([
      [1, 'reserved'],
      [2, 'answered'],
    ]);
    expect(spentBy({ calls }).tokens).toMatchObject({ completion: 600, estimated: true });
  });

  test.each([
    ['calls', { maxCalls: 0 }, 'No more calls of models: the run may make 0.'],
    ['tokens', { maxTokens: 400 }, /^The next call may take 52\d tokens, and 400 of 400 are left\.$/],
    [
      'cost',
      { maxCostUsd: 0.0001 },
      /^The next call may cost \$0\.00030\d, and \$0\.0001 of \$0\.0001 are left\.$/,
    ],
  ])('refuses what would pass the limit of %s, and writes nothing', async (refused, limits, message) => {
    const own = newAccount();

    const answer = await reserve(own, budget(limits), planned());

    expect(answer).toMatchObject({ refused, message: expect.stringMatching(message) });
    expect(await readLedger(own)).toEqual({ calls: [] });
  });

  test('takes what fits to the last token and the last cent', async () => {
    const own = newAccount();
    await reserve(own, budget(), planned());
    const { tokens, costUsd } = spentBy(await readLedger(own));
    const maxTokens = tokens.prompt + tokens.completion;

    expect(await reserve(newAccount(), budget({ maxTokens, maxCostUsd: costUsd }), planned())).toMatchObject({
      number: 1,
    });
    expect(await reserve(newAccount(), budget({ maxTokens: maxTokens - 1 }), planned())).toMatchObject({
      refused: 'tokens',
    });
  });

  test('a model without a known price is refused where dollars are limited, and counts as unknown elsewhere', async () => {
    const own = newAccount();

    expect(await reserve(own, budget({ maxCostUsd: 5 }), planned({ settings: unpriced }))).toEqual({
      refused: 'cost',
      message: expect.stringContaining('The price of qwen2.5-coder:7b is not known'),
    });

    const reservation = await reserved(own, budget(), planned({ settings: unpriced }));
    await settle(own, reservation, answered(20, 100));
    expect(spentBy(await readLedger(own))).toMatchObject({ calls: 1, costUsd: null });
    expect(await reserve(own, budget({ maxCostUsd: 5 }), planned())).toMatchObject({ refused: 'cost' });
  });

  test('a prompt of one long word is counted in no time', async () => {
    const messages = [{ role: 'user' as const, content: `<|endoftext|>${'a'.repeat(200_000)}` }];

    expect(await reserve(newAccount(), budget(), planned({ messages }))).toMatchObject({ number: 1 });
  });
});

describe('settle', () => {
  test('replaces the reservation by what the server counted', async () => {
    const own = newAccount();
    const reservation = await reserved(own, budget(), planned());

    const call = await settle(own, reservation, answered(1000, 200));

    expect(call).toMatchObject({ status: 'answered', outcome: 'stop', ms: 1200 });
    expect(call.costUsd).toBeCloseTo((1000 * 0.15 + 200 * 0.6) / 1e6, 12);
    expect((await readLedger(own)).calls).toEqual([call]);
  });

  test('a call of which nobody knows what it took keeps its reservation', async () => {
    const own = newAccount();
    const reservation = await reserved(own, budget(), planned());
    const [before] = (await readLedger(own)).calls;

    const call = await settle(own, reservation, {
      status: 'failed',
      outcome: 'ModelTimeoutError',
      tokens: null,
      ms: 120_000,
    });

    expect(call).toMatchObject({ status: 'failed', tokens: before?.tokens, costUsd: before?.costUsd });
  });

  test.each([[1], [2]])('rejects for a call that is not reserved: %s', async (number) => {
    const own = newAccount();
    const reservation = await reserved(own, budget(), planned());
    await settle(own, reservation, answered(1, 1));

    await expect(settle(own, { ...reservation, number }, answered(1, 1))).rejects.toThrow(ConflictError);
  });

  test.each([
    [new ModelRefusedError('401'), noTokens],
    [new AddressForbiddenError('link-local'), noTokens],
    [new ModelBusyError('429', 3), noTokens],
    [new ModelBusyError('lost connection'), null],
    [new ModelTimeoutError('silent'), null],
    [new ModelAnswerError('HTML'), null],
    [new Error('anything'), null],
  ])('of a failure %s', (error, tokens) => {
    expect(tokensOfFailure(error)).toEqual(tokens);
  });
});

test('a ledger that was tampered with is no empty ledger', async () => {
  const bytes = new TextEncoder().encode('{"calls": [{"number": 1}]}');
  await account.blobStore.put(runKeys(account.runId).ledger, bytes);

  await expect(readLedger(account)).rejects.toThrow();
});
