import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { StoreUnavailableError } from '#domain/errors.ts';
import { type RunSettings, RunSettingsSchema } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '../blob-store/fixtures/memory-blob-store.ts';
import { readJson, writeJson } from '../json-blob.ts';
import { createFileKeySecretBox } from '../secret-box/file-key-secret-box.ts';
import type { SecretBox } from '../secret-box/secret-box.ts';
import { deleteModelKeys, keepModelKey, openModelKey } from './model-keys.ts';

const KEY = 'sk-canary-71c0de';
const now = new Date('2026-01-01T00:00:00.000Z');
const runId = 'a'.repeat(32);
const keys = runKeys(runId);
const UNAVAILABLE = { name: 'SecretUnavailableError', message: expect.not.stringContaining('canary') };

let folder: string;
let secretBox: SecretBox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-keys-'));
  secretBox = createFileKeySecretBox(join(folder, 'secret.key'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let blobs: Map<string, Uint8Array>;
let services: Parameters<typeof keepModelKey>[0];
beforeEach(() => {
  blobs = new Map();
  services = { blobStore: memoryBlobStore(blobs), secretBox };
});

const settingsFor = (baseUrl: string): RunSettings =>
  RunSettingsSchema.parse({
    maxSeconds: 60,
    models: { general: { name: 'm', baseUrl }, safecoder: { name: 's', baseUrl } },
  });
const settings = settingsFor('https://models.example/v1');
const kept = { runId, role: 'general', settings, now } as const;

describe('the keys of a run', () => {
  it('are opened as they were given, each for its own model', async () => {
    await keepModelKey(services, { ...kept, apiKey: KEY });
    await keepModelKey(services, { ...kept, role: 'safecoder', apiKey: 'other' });

    expect(await openModelKey(services, kept)).toBe(KEY);
    expect(await openModelKey(services, { ...kept, role: 'safecoder' })).toBe('other');
  });

  it('are nowhere to be read', async () => {
    await keepModelKey(services, { ...kept, apiKey: KEY });

    const text = new TextDecoder().decode(blobs.get(keys.modelKey('general')));
    for (const form of [KEY, ...['base64', 'hex'].map((code) => Buffer.from(KEY).toString(code as 'hex'))]) {
      expect(text).not.toContain(form);
    }
    expect(Object.keys(JSON.parse(text))).toEqual(['sealed', 'host', 'expiresAt']);
  });

  it('are null where none was given', async () => {
    expect(await openModelKey(services, kept)).toBeNull();
  });

  it('are kept for the time of the run and a wait before it', async () => {
    await keepModelKey(services, { ...kept, apiKey: KEY });
    const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

    expect(await openModelKey(services, { ...kept, now: later(60 + 3599) })).toBe(KEY);
    await expect(openModelKey(services, { ...kept, now: later(60 + 3600) })).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('has expired'),
    });
  });

  it.each([
    ['https://evil.example/v1', 'evil.example:443'],
    ['https://models.example.evil.example/v1', 'models.example.evil.example:443'],
    ['https://models.example:8443/v1', 'models.example:8443'],
    ['http://models.example/v1', 'models.example:80'],
  ])('do not open for %s', async (baseUrl, host) => {
    await keepModelKey(services, { ...kept, apiKey: KEY });
    const other = { ...kept, settings: settingsFor(baseUrl) };

    await expect(openModelKey(services, other)).rejects.toMatchObject(UNAVAILABLE);
    // Nor where the blob itself claims to be for that server.
    const key = keys.modelKey('general');
    const document = await readJson(services.blobStore, key, z.record(z.string(), z.string()));
    await writeJson(services.blobStore, key, { ...document, host });
    await expect(openModelKey(services, other)).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: 'The sealed secret cannot be opened.',
    });
  });

  it('do not open for another run', async () => {
    await keepModelKey(services, { ...kept, apiKey: KEY });
    const other = 'b'.repeat(32);
    const sealed = blobs.get(keys.modelKey('general')) ?? new Uint8Array();
    blobs.set(runKeys(other).modelKey('general'), sealed);

    await expect(openModelKey(services, { ...kept, runId: other })).rejects.toMatchObject(UNAVAILABLE);
  });

  it.each(['', 'sk-canary', '{}', '{"sealed":"!","host":"x","expiresAt":"never"}', '{"sk-canary'])(
    'are not opened out of a damaged blob: %j',
    async (text) => {
      blobs.set(keys.modelKey('general'), new TextEncoder().encode(text));

      await expect(openModelKey(services, kept)).rejects.toMatchObject(UNAVAILABLE);
    },
  );

  it('are for the models that the run has', async () => {
    const without = { ...kept, settings: RunSettingsSchema.parse({}) };

    await expect(keepModelKey(services, { ...without, apiKey: KEY })).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.not.stringContaining('canary'),
    });
    expect(blobs.size).toBe(0);
  });

  it('are deleted together, and nothing else of the run', async () => {
    await keepModelKey(services, { ...kept, apiKey: KEY });
    await keepModelKey(services, { ...kept, role: 'safecoder', apiKey: KEY });
    await services.blobStore.put(keys.original, new Uint8Array());

    await deleteModelKeys(services.blobStore, runId);
    await deleteModelKeys(services.blobStore, runId);

    expect([...blobs.keys()]).toEqual([keys.original]);
  });

  it('are deleted as far as they can be where one cannot', async () => {
    await keepModelKey(services, { ...kept, role: 'safecoder', apiKey: KEY });
    const blobStore = {
      ...services.blobStore,
      delete: async (key: string) => {
        if (key.includes('general')) throw new StoreUnavailableError('permission denied');
        await services.blobStore.delete(key);
      },
    };

    await expect(deleteModelKeys(blobStore, runId)).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    expect(blobs.size).toBe(0);
  });
});
