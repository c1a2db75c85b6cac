import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '#domain/errors.ts';
import { ReportSchema } from '#domain/report.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import { readJson } from '#ports/json-blob.ts';
import { createRun } from '#ports/run-store/create-run.ts';
import { openSqliteRunStore } from '#ports/run-store/sqlite-run-store.ts';
import { createFileKeySecretBox } from '#ports/secret-box/file-key-secret-box.ts';
import type { Stores } from '#ports/services.ts';
import { finalizeRun } from '../finalize-run.ts';
import { initialDocument } from '../initial-document.ts';
import { writeReport } from './write-report.ts';

const general = { name: 'm', baseUrl: 'https://models.example/v1' };

let folder: string;
let close: () => void;
let blobs: Map<string, Uint8Array>;
let stores: Stores;
let run: Run;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-report-'));
  const runStore = openSqliteRunStore(':memory:');
  close = () => runStore.close();
  blobs = new Map();
  stores = { runStore, blobStore: memoryBlobStore(blobs) };
  const secretBox = createFileKeySecretBox(join(folder, 'secret.key'));
  const request = {
    owner: 'local',
    path: 'app.py',
    code: new TextEncoder().encode('x = 1\n'),
    settings: { models: { general, safecoder: general } },
    apiKeys: { general: 'sk-one', safecoder: 'sk-two' },
  };
  run = (await createRun({ ...stores, secretBox }, request)).run;
});
afterEach(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

const keptKeys = () => [...blobs.keys()].filter((key) => key.includes('/key-'));
const status = async () => (await stores.runStore.get(null, run.id))?.status;

/** The stores, with a blob store that fails to write or remove some. */
function failingAt(method: 'putNew' | 'delete', part: string): Stores {
  const { blobStore } = stores;
  const work = async (...args: [string, Uint8Array]) => {
    if (args[0].includes(part)) throw new StoreUnavailableError('no space left on the disk');
    return blobStore[method](...args);
  };
  return { ...stores, blobStore: { ...blobStore, [method]: work } };
}

describe('the keys of a run', () => {
  it('are there until its report is written, and not after', async () => {
    expect(keptKeys()).toHaveLength(2);

    await writeReport(initialDocument(run, new Date()), stores);

    expect([keptKeys(), blobs.has(runKeys(run.id).report), await status()]).toEqual([[], true, 'finished']);
  });

  it('are deleted where the report cannot be written', async () => {
    await expect(
      writeReport(initialDocument(run, new Date()), failingAt('putNew', 'report')),
    ).rejects.toMatchObject({ name: 'StoreUnavailableError' });

    expect([keptKeys(), await status()]).toEqual([[], 'queued']);
  });

  it('are deleted before the run is said to be finished', async () => {
    await expect(
      writeReport(initialDocument(run, new Date()), failingAt('delete', 'key-general')),
    ).rejects.toMatchObject({ name: 'StoreUnavailableError' });

    expect([keptKeys(), await status()]).toEqual([[runKeys(run.id).modelKey('general')], 'queued']);
  });

  it('are deleted with a run that ended from outside, whatever it left', async () => {
    blobs.set(runKeys(run.id).history, new TextEncoder().encode('{'));

    await finalizeRun(stores, run, { reason: 'The process was killed.' });

    expect([keptKeys(), await status()]).toEqual([[], 'finished']);
  });
});

describe('two writers of one report', () => {
  const interrupted = { Verify: { Error: 'RunInterrupted', Cause: 'It was stopped.' } };

  it('leave the report and the outcome of one of them', async () => {
    const document = initialDocument(run, new Date());

    await Promise.all([
      writeReport({ ...document, failure: interrupted }, stores),
      writeReport(document, stores),
    ]);

    const report = await readJson(stores.blobStore, runKeys(run.id).report, ReportSchema);
    const outcome = (await stores.runStore.get(null, run.id))?.outcome;
    expect(outcome).toMatchObject({ verdict: report.verdict, reason: report.reason });
  });

  it('finish the run as the report says that was written and not told of', async () => {
    const { runStore } = stores;
    const cutOff = { ...runStore, finish: () => Promise.reject(new StoreUnavailableError('cut off')) };
    await writeReport(initialDocument(run, new Date()), { ...stores, runStore: cutOff }).catch(() => {});
    const written = blobs.get(runKeys(run.id).report);

    await finalizeRun(stores, run, { reason: 'Its execution timed out.' });

    expect(blobs.get(runKeys(run.id).report)).toEqual(written);
    const outcome = (await runStore.get(null, run.id))?.outcome;
    expect(outcome?.reason).not.toContain('timed out');
  });

  it('finish the run as its report says where the keys could not be deleted', async () => {
    await finalizeRun(failingAt('delete', 'key-general'), run, { reason: 'It was stopped.' });

    const report = await readJson(stores.blobStore, runKeys(run.id).report, ReportSchema);
    const outcome = (await stores.runStore.get(null, run.id))?.outcome;
    expect(outcome).toMatchObject({ verdict: report.verdict, reason: report.reason });
  });

  it('leave the run to be finalized again where nobody knows of a report', async () => {
    const { blobStore } = failingAt('putNew', 'report');
    const get = () => Promise.reject(new StoreUnavailableError('cut off'));

    const finalized = finalizeRun({ ...stores, blobStore: { ...blobStore, get } }, run, {
      reason: 'It ended.',
    });

    await expect(finalized).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    expect(await status()).toBe('queued');
  });

  it('leave the run to be finalized again where it is retried, and finish it where it is not', async () => {
    const failing = failingAt('putNew', 'report');
    const reason = 'It ended.';

    await expect(finalizeRun(failing, run, { reason, isRetried: true })).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
    const before = [await status(), keptKeys()];
    await finalizeRun(failing, run, { reason });

    expect([before, await status()]).toEqual([['queued', []], 'finished']);
  });
});
