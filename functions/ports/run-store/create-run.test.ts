import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '#domain/errors.ts';
import { runKeys } from '#domain/run-keys.ts';
import { createFileBlobStore } from '../blob-store/file-blob-store.ts';
import type { Stores } from '../services.ts';
import { createRun } from './create-run.ts';
import { openSqliteRunStore } from './sqlite-run-store.ts';

let blobDir: string;
let services: Stores;
let close: () => void;
beforeEach(async () => {
  blobDir = await mkdtemp(join(tmpdir(), 'sgcode-create-'));
  const runStore = openSqliteRunStore(':memory:');
  close = () => runStore.close();
  services = { runStore, blobStore: createFileBlobStore(blobDir) };
});
afterEach(async () => {
  close();
  await rm(blobDir, { recursive: true, force: true });
});

const code = new TextEncoder().encode('\uFEFFx = 1\r\n');
const request = { owner: 'local', path: 'app.py', code, settings: {} };
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
});
