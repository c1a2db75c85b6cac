import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { ReportSchema } from '#domain/report.ts';
import type { RunOutcome } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import { readJson } from '#ports/json-blob.ts';
import { openSqliteRunStore } from '#ports/run-store/sqlite-run-store.ts';
import { finalizeEntry } from './finalize-entry.ts';

const runId = 'a'.repeat(32);
const ended = (status: string, name = runId) => ({
  version: '0',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  detail: { executionArn: `arn:aws:states:us-east-1:1:execution:machine:${name}`, status, name, input: '{}' },
});
const finished: RunOutcome = {
  verdict: 'secured',
  reason: 'done',
  findings: null,
  cancelled: false,
  failure: null,
};

let lines: string[];
beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(() => void jest.restoreAllMocks());

async function setUp() {
  const blobStore = memoryBlobStore();
  const runStore = openSqliteRunStore(':memory:');
  await runStore.create({
    id: runId,
    owner: 'ann',
    path: 'app.py',
    settings: RunSettingsSchema.parse({}),
    input: 'code',
    hasTests: false,
    createdAt: new Date(Date.now() - 60_000).toISOString(),
  });
  await blobStore.put(runKeys(runId).original, new TextEncoder().encode('x = 1\n'));
  await blobStore.put(runKeys(runId).modelKey('general'), new TextEncoder().encode('{}'));
  const stores = { runStore: { ...runStore, oldestUnfinished: async () => null }, blobStore };
  return { ...stores, finalize: finalizeEntry(stores, 'test') };
}

describe('finalizing on AWS', () => {
  it.each([
    ['ABORTED', 'stopped from outside'],
    ['TIMED_OUT', 'took longer'],
    ['FAILED', 'failed'],
  ])('gives a run whose execution was %s its report, and deletes its keys', async (status, words) => {
    const { finalize, runStore, blobStore } = await setUp();

    await finalize(ended(status));

    const run = await runStore.get(null, runId);
    expect(run).toMatchObject({ status: 'finished', outcome: { verdict: 'failed' } });
    const report = await readJson(blobStore, runKeys(runId).report, ReportSchema);
    expect(report.reason).toContain(words);
    await expect(blobStore.get(runKeys(runId).modelKey('general'))).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    expect(lines.join()).toContain('"RunsFailed":1');
  });

  it('leaves a finished run as it is, however often it is told', async () => {
    const { finalize, runStore } = await setUp();
    await runStore.finish(runId, finished);

    await finalize(ended('ABORTED'));
    await finalize(ended('ABORTED'));

    expect((await runStore.get(null, runId))?.outcome).toEqual(finished);
    expect(lines).toEqual([]);
  });

  it('forgives a run that was deleted meanwhile', async () => {
    const { finalize } = await setUp();

    await expect(finalize(ended('FAILED', 'b'.repeat(32)))).resolves.toBeUndefined();
  });

  it('sweeps what nobody was told of, and says how old the oldest is', async () => {
    const { runStore, blobStore } = await setUp();
    const run = await runStore.get(null, runId);
    const stores = {
      blobStore,
      runStore: {
        ...runStore,
        abandoned: async () => (run ? [run] : []),
        oldestUnfinished: async () => new Date(Date.now() - 7_200_000),
      },
    };

    await finalizeEntry(
      stores,
      'test',
    )({ 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} });

    expect((await runStore.get(null, runId))?.status).toBe('finished');
    const [, age] = /"OldestRunAgeSeconds":(\d+)/.exec(lines.join()) ?? [];
    expect(Number(age)).toBeGreaterThanOrEqual(7_200);
  });

  it.each([null, {}, { 'detail-type': 'Scheduled' }, ended('SUCCEEDED'), ended('ABORTED', '../x')])(
    'takes no other event (%j)',
    async (event) => {
      const { finalize } = await setUp();

      await expect(finalize(event)).rejects.toThrow();
    },
  );
});
