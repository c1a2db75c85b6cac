import { describe, expect, it } from '@jest/globals';
import { MAX_RUN_EVENTS, RunEventLogSchema } from '#domain/run-events.ts';
import { runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import { readJson } from '#ports/json-blob.ts';
import { recordEvents } from './run-events.ts';

const state = { runId: 'a'.repeat(32), iteration: 2 };

function log() {
  const blobs = new Map<string, Uint8Array>();
  const blobStore = memoryBlobStore(blobs);
  const read = async () => (await readJson(blobStore, runKeys(state.runId).events, RunEventLogSchema)).events;
  return { blobs, blobStore, read };
}

describe('recordEvents', () => {
  it('numbers what a run did, in its order', async () => {
    const { blobStore, read } = log();

    await recordEvents({ blobStore }, state, [
      { step: 'Analyze', note: '3 counted findings' },
      { step: 'PlanEdits', note: null },
    ]);
    await recordEvents({ blobStore }, { ...state, iteration: 3 }, [{ step: 'Decide', note: 'done' }]);

    const events = await read();
    expect(events.map(({ number, step, iteration }) => [number, step, iteration])).toEqual([
      [1, 'Analyze', 2],
      [2, 'PlanEdits', 2],
      [3, 'Decide', 3],
    ]);
  });

  it('keeps the newest, whose numbers go on', async () => {
    const { blobStore, read } = log();
    const many = Array.from({ length: MAX_RUN_EVENTS }, () => ({ step: 'Decide', note: null }));

    await recordEvents({ blobStore }, state, many);
    await recordEvents({ blobStore }, state, [{ step: 'Report', note: null }]);

    const events = await read();
    expect(events).toHaveLength(MAX_RUN_EVENTS);
    expect([events[0]?.number, events.at(-1)?.number]).toEqual([2, MAX_RUN_EVENTS + 1]);
  });

  it('cuts a note without end, between characters', async () => {
    const { blobStore, read } = log();

    await recordEvents({ blobStore }, state, [{ step: 'Decide', note: `x${'😀'.repeat(1_000)}` }]);

    const [event] = await read();
    expect(event?.note?.length).toBeLessThanOrEqual(500);
    expect(event?.note?.isWellFormed()).toBe(true);
  });

  it('begins anew after a damaged log, and stops no run where nothing can be written', async () => {
    const { blobs, blobStore, read } = log();
    blobs.set(runKeys(state.runId).events, new TextEncoder().encode('{'));
    const broken = { ...blobStore, put: () => Promise.reject(new Error('disk full')) };

    await recordEvents({ blobStore: broken }, state, [{ step: 'Decide', note: null }]);
    await recordEvents({ blobStore }, state, [{ step: 'Report', note: null }]);

    expect((await read()).map(({ number, step }) => [number, step])).toEqual([[1, 'Report']]);
  });
});
