import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  ModelBusyError,
  ModelRefusedError,
  ModelTimeoutError,
  StoreUnavailableError,
} from '#domain/errors.ts';
import { type LoopState, RunSettingsSchema } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import type { ModelReply } from '#ports/code-model/code-model.ts';
import { readJson } from '#ports/json-blob.ts';
import { keepModelKey } from '#ports/model-keys/model-keys.ts';
import type { ModelServices } from '#ports/services.ts';
import { readLedger } from '../spending/read-ledger.ts';
import { callModel } from './call-model.ts';

const runId = 'b'.repeat(32);
const REPLY: ModelReply = {
  text: 'x = 1',
  finish: 'stop',
  tokens: { prompt: 10, completion: 5, estimated: false },
  ms: 7,
};
const request = { messages: [{ role: 'user' as const, content: 'Repair.' }], maxTokens: 100 };

function stateWith({ budget = {}, maxSeconds = 300, age = 0 } = {}): LoopState {
  const keys = runKeys(runId);
  return {
    runId,
    settings: RunSettingsSchema.parse({
      mechanism: 'findings',
      models: { general: { name: 'gpt-x', baseUrl: 'https://models.example/v1' } },
      budget,
      maxSeconds,
    }),
    startedAt: new Date(Date.now() - age * 1000).toISOString(),
    originalKey: keys.original,
    testsKey: null,
    promptKey: null,
    bestKey: keys.original,
    acceptedEditsKey: null,
    iteration: 1,
    turn: 'repair',
    mode: 'together',
    attempt: 1,
  };
}

function setUp(answer: () => ModelReply | Error = () => REPLY, isCancelled = false) {
  const asked: (string | null)[] = [];
  const services = {
    blobStore: memoryBlobStore(),
    runStore: { isCancelRequested: async () => isCancelled },
    // A box whose seal can be seen through: what matters here is who opens it and when.
    secretBox: {
      seal: async (secret: string) => Buffer.from(secret).toString('base64'),
      open: async (sealed: string) => Buffer.from(sealed, 'base64').toString(),
    },
    codeModel: {
      complete: async (_request: unknown, { apiKey }: { apiKey: string | null }) => {
        asked.push(apiKey);
        const answered = answer();
        if (answered instanceof Error) throw answered;
        return answered;
      },
    },
  } as unknown as ModelServices;
  const call = (state = stateWith()) => {
    const settings = state.settings.models.general;
    if (!settings) throw new Error('the state has a model');
    return callModel(state, { step: 'Repair', model: { role: 'general', settings }, request }, services);
  };
  const ledger = () => readLedger({ blobStore: services.blobStore, runId });
  return { services, asked, call, ledger };
}

describe('callModel', () => {
  it('settles what the call did cost, and keeps what was asked and answered', async () => {
    const { services, call, ledger } = setUp();

    expect(await call()).toEqual({ reply: REPLY });

    expect((await ledger()).calls).toMatchObject([
      { number: 1, status: 'answered', outcome: 'stop', tokens: REPLY.tokens, ms: 7 },
    ]);
    const kept = await readJson(services.blobStore, runKeys(runId).modelCall(1), z.looseObject({}));
    expect(kept).toMatchObject({ messages: request.messages, text: 'x = 1', finish: 'stop' });
  });

  it('has settled the call where what was asked and answered cannot be kept', async () => {
    const { services, call, ledger } = setUp();
    const { put } = services.blobStore;
    services.blobStore.put = async (key, bytes) => {
      if (key === runKeys(runId).modelCall(1)) throw new StoreUnavailableError('the disk is full');
      await put(key, bytes);
    };

    await expect(call()).rejects.toThrow('the disk is full');

    expect((await ledger()).calls).toMatchObject([{ status: 'answered', tokens: REPLY.tokens }]);
  });

  it('gives the model the key that was sealed for it', async () => {
    const { services, asked, call } = setUp();
    const { settings } = stateWith();
    await keepModelKey(services, {
      runId,
      role: 'general',
      settings,
      apiKey: 'sk-canary-1',
      now: new Date(),
    });

    await call();

    expect(asked).toEqual(['sk-canary-1']);
  });

  it('makes no call that the budget has no room for, nor one after the time is up or the run was cancelled', async () => {
    const poor = setUp();
    expect(await poor.call(stateWith({ budget: { maxTokens: 50 } }))).toMatchObject({
      refused: expect.stringContaining('tokens'),
    });
    const late = setUp();
    expect(await late.call(stateWith({ maxSeconds: 5, age: 6 }))).toMatchObject({
      refused: expect.stringContaining('5 seconds'),
    });
    const cancelled = setUp(undefined, true);
    expect(await cancelled.call()).toMatchObject({ refused: expect.stringContaining('cancelled') });
    expect([...poor.asked, ...late.asked, ...cancelled.asked]).toEqual([]);
  });

  it.each([
    [new ModelBusyError('busy', 3), { waitSeconds: 3 }],
    [new ModelBusyError('busy', 0), { waitSeconds: 1 }],
  ])('asks for the wait that a busy server asks for', async (error, expected) => {
    expect(await setUp(() => error).call()).toEqual(expected);
  });

  it.each([
    ['a wait that is too long', new ModelBusyError('busy', 121)],
    ['a refusal', new ModelRefusedError('no')],
  ])('hands %s on to the state machine, and counts no tokens', async (_name, error) => {
    const { call, ledger } = setUp(() => error);

    await expect(call()).rejects.toBe(error);

    expect((await ledger()).calls).toMatchObject([
      { status: 'failed', outcome: error.name, tokens: { prompt: 0, completion: 0 } },
    ]);
  });

  it.each([
    ['an answer that never came', new ModelTimeoutError('silence')],
    ['a lost connection', new ModelBusyError('lost')],
  ])('counts the whole reservation of %s, which may have been billed', async (_name, error) => {
    const { call, ledger } = setUp(() => error);

    await expect(call()).rejects.toBe(error);

    expect((await ledger()).calls).toMatchObject([{ status: 'failed', tokens: { completion: 100 } }]);
  });
});
