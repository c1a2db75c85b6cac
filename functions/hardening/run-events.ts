import type { RunId } from '#domain/loop-state.ts';
import { MAX_RUN_EVENTS, type RunEvent, type RunEventLog, RunEventLogSchema } from '#domain/run-events.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';

const MAX_NOTE_CHARACTERS = 500;

/** Something that a step did, as a step tells it. */
export type Happening = Pick<RunEvent, 'step' | 'note'>;

/**
 * Adds to what whoever watches the run is told; the newest events are kept. One step of a run is at work at a time, so
 * nothing else writes to it meanwhile. Never rejects: that nobody can watch is no reason to end a run.
 */
export async function recordEvents(
  { blobStore }: { blobStore: BlobStore },
  { runId, iteration }: { runId: RunId; iteration: number },
  happenings: readonly Happening[],
): Promise<void> {
  try {
    const earlier = await readEarlier(blobStore, runId);
    const last = earlier.at(-1)?.number ?? 0;
    const at = new Date().toISOString();
    const fresh = happenings.map(({ step, note }, index) => ({
      number: last + 1 + index,
      at,
      step,
      iteration,
      note: note?.slice(0, MAX_NOTE_CHARACTERS).toWellFormed() ?? null,
    }));
    const events = [...earlier, ...fresh].slice(-MAX_RUN_EVENTS);
    await writeJson(blobStore, runKeys(runId).events, { events } satisfies RunEventLog);
  } catch {
    // What failed here fails the step that is at work too, where it matters.
  }
}

/** A log that is not there, or is damaged, begins anew. */
async function readEarlier(blobStore: BlobStore, runId: RunId): Promise<RunEvent[]> {
  try {
    return (await readJson(blobStore, runKeys(runId).events, RunEventLogSchema)).events;
  } catch {
    return [];
  }
}
