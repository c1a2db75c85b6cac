import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '#domain/errors.ts';
import { StoredPromptSchema } from '#domain/prompt.ts';
import { runKeys } from '#domain/run-keys.ts';
import { createFileBlobStore } from '../blob-store/file-blob-store.ts';
import { readJson } from '../json-blob.ts';
import { openModelKey } from '../model-keys/model-keys.ts';
import { createFileKeySecretBox } from '../secret-box/file-key-secret-box.ts';
import type { SecretBox } from '../secret-box/secret-box.ts';
import type { Stores } from '../services.ts';
import { type CreateRunRequest, createRun } from './create-run.ts';
import { openSqliteRunStore } from './sqlite-run-store.ts';

let blobDir: string;
let services: Stores & { secretBox: SecretBox };
let close: () => void;
beforeEach(async () => {
  blobDir = await mkdtemp(join(tmpdir(), 'sgcode-create-'));
  const runStore = openSqliteRunStore(':memory:');
  close = () => runStore.close();
  const secretBox = createFileKeySecretBox(join(blobDir, 'secret.key'));
  services = { runStore, blobStore: createFileBlobStore(blobDir), secretBox };
});
afterEach(async () => {
  close();
  await rm(blobDir, { recursive: true, force: true });
});

const code = new TextEncoder().encode('\uFEFFx = 1\r\n');
const request = { owner: 'local', path: 'app.py', code, settings: {} };
const KEY = 'sk-canary-0451';
const general = { name: 'm', baseUrl: 'https://models.example/v1' };
const withKey = { ...request, settings: { models: { general } }, apiKeys: { general: KEY } };
const keptRuns = () => readdir(join(blobDir, 'runs')).catch(() => []);

describe('createRun', () => {
  it('keeps the code byte for byte and the settings with their defaults', async () => {
    const { run, isNew } = await createRun(services, { ...request, settings: { policy: 'paper' } });

    expect(isNew).toBe(true);
    expect(run).toMatchObject({
      status: 'queued',
      settings: { policy: 'paper', analyzers: ['bandit'], mechanism: 'rules' },
    });
    expect(await services.blobStore.get(runKeys(run.id).original)).toEqual(code);
  });

  it('gives the earlier run back for the same idempotency key, and keeps no second code', async () => {
    const first = await createRun(services, { ...request, idempotencyKey: 'k' });
    const second = await createRun(services, { ...request, idempotencyKey: 'k' });

    expect(second).toEqual({ run: first.run, isNew: false });
    expect(await keptRuns()).toEqual([first.run.id]);
  });

  it('refuses the same idempotency key for other code', async () => {
    await createRun(services, { ...request, idempotencyKey: 'k' });

    await expect(
      createRun(services, { ...request, code: new Uint8Array(), idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await keptRuns()).toHaveLength(1);
  });

  it('keeps the tests beside the code, and other tests are another request', async () => {
    const tests = new TextEncoder().encode('def test(): pass\n');
    const { run } = await createRun(services, { ...request, tests, idempotencyKey: 'k' });

    expect(run.hasTests).toBe(true);
    expect(await services.blobStore.get(runKeys(run.id).tests)).toEqual(tests);
    await expect(createRun(services, { ...request, idempotencyKey: 'k' })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it.each([
    [{ settings: { maxIterations: 0 } }, 'settings'],
    [{ settings: { analyzers: [] } }, 'settings'],
    [{ path: '' }, 'path'],
    [{ path: 'x'.repeat(2000) }, 'path'],
  ])('refuses %j and names what is wrong', async (change, name) => {
    await expect(createRun(services, { ...request, ...change })).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining(name),
    });
    expect(await keptRuns()).toEqual([]);
  });

  it('leaves no code behind where the run could not be recorded', async () => {
    const runStore = {
      ...services.runStore,
      create: async () => {
        throw new StoreUnavailableError('disk full');
      },
    };

    await expect(createRun({ ...services, runStore }, request)).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
    expect(await keptRuns()).toEqual([]);
  });

  it('keeps the code of a run that was recorded though nobody was told', async () => {
    const { runStore } = services;
    const create: typeof runStore.create = async (run) => {
      await runStore.create(run);
      throw new StoreUnavailableError('the answer is lost');
    };
    const sent = { ...request, idempotencyKey: 'k' };
    await createRun({ ...services, runStore: { ...runStore, create } }, sent).catch(() => {});

    const { run, isNew } = await createRun(services, sent);

    expect([isNew, await keptRuns()]).toEqual([false, [run.id]]);
    expect(await services.blobStore.get(runKeys(run.id).original)).toEqual(code);
  });
});

describe('createRun with a prompt', () => {
  const asked = {
    owner: 'local',
    path: 'app.py',
    prompt: 'a parser for “YAML” ☕',
    settings: { models: { general } },
  };

  it('keeps the prompt in the place of code', async () => {
    const { run } = await createRun(services, asked);

    expect([run.input, run.settings.mechanism]).toEqual(['prompt', 'hybrid']);
    const kept = await readJson(services.blobStore, runKeys(run.id).prompt, StoredPromptSchema);
    expect(kept).toEqual({ prompt: asked.prompt });
    await expect(services.blobStore.get(runKeys(run.id).original)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('is another request than the same text as code', async () => {
    const settings = { models: { general } };
    await createRun(services, { ...asked, prompt: 'x', settings, idempotencyKey: 'k' });

    await expect(
      createRun(services, { ...request, code: new TextEncoder().encode('x'), settings, idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it.each(['', ' \n\t ', 'x'.repeat(20_001), 'half \ud800 a character'])(
    'refuses the prompt %#',
    async (prompt) => {
      await expect(createRun(services, { ...asked, prompt })).rejects.toMatchObject({
        name: 'InvalidInputError',
        message: expect.stringMatching(/^prompt: /),
      });
      expect(await keptRuns()).toEqual([]);
    },
  );

  it.each([[{ ...asked, code }], [{ owner: 'local', path: 'app.py', settings: {} }]])(
    'refuses both and neither: %#',
    async (both) => {
      await expect(createRun(services, both as unknown as CreateRunRequest)).rejects.toMatchObject({
        name: 'InvalidInputError',
        message: 'A run takes either code or a prompt.',
      });
    },
  );

  it.each([
    [{ mechanism: 'safecoder', models: { safecoder: general } }, request, 'take promsec+safecoder or hybrid'],
    [{ mechanism: 'hybrid' }, request, 'none is set'],
    [{}, asked, 'the general model, which is not set'],
  ] as const)('refuses what no model is there for: %#', async (settings, what, message) => {
    await expect(createRun(services, { ...what, settings } as CreateRunRequest)).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining(message),
    });
    expect(await keptRuns()).toEqual([]);
  });
});

describe('createRun with keys', () => {
  it('keeps them sealed beside the code, before the run is there', async () => {
    const { run } = await createRun(services, withKey);
    const { id: runId, settings } = run;

    expect(await openModelKey(services, { runId, role: 'general', settings, now: new Date() })).toBe(KEY);
    expect(JSON.stringify(run)).not.toContain(KEY);
    for (const file of await readdir(blobDir, { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain(KEY);
    }
  });

  it('takes another key for the same request, and no key for another one', async () => {
    const first = await createRun(services, { ...withKey, idempotencyKey: 'k' });
    const renewed = { ...withKey, apiKeys: { general: 'sk-other' }, idempotencyKey: 'k' };

    expect(await createRun(services, renewed)).toEqual({ run: first.run, isNew: false });
    expect(await keptRuns()).toEqual([first.run.id]);
    await expect(createRun(services, { ...renewed, apiKeys: {} })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it.each(['', 'sk-canary with a space', 'sk-canary\n', 'sk-canary-ü', `sk-canary${'x'.repeat(1000)}`])(
    'refuses the key %#, and does not quote it',
    async (key) => {
      await expect(createRun(services, { ...withKey, apiKeys: { general: key } })).rejects.toMatchObject({
        name: 'InvalidInputError',
        message: expect.not.stringContaining('sk-canary'),
      });
      expect(await keptRuns()).toEqual([]);
    },
  );

  it('refuses a key without its model', async () => {
    await expect(createRun(services, { ...withKey, apiKeys: { safecoder: KEY } })).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining('SafeCoder model'),
    });
  });

  it('leaves none behind where the run could not be recorded', async () => {
    const runStore = {
      ...services.runStore,
      create: async () => {
        throw new StoreUnavailableError('disk full');
      },
    };

    await expect(createRun({ ...services, runStore }, withKey)).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
    expect(await keptRuns()).toEqual([]);
  });

  it('takes no run in whose key cannot be sealed', async () => {
    await writeFile(join(blobDir, 'secret.key'), 'short', { mode: 0o600 });
    const { secretBox: _, ...without } = services;

    for (const stores of [services, without]) {
      await expect(createRun(stores, withKey)).rejects.toMatchObject({ name: 'SecretUnavailableError' });
    }
    expect([await keptRuns(), (await services.runStore.list('local', { limit: 1 })).runs]).toEqual([[], []]);
  });
});
