import { NotFoundError } from '#domain/errors.ts';
import type { RunId } from '#domain/loop-state.ts';
import { type Ledger, LedgerSchema, spentBy } from '#domain/model-call.ts';
import { type RunEvent, RunEventLogSchema, type RunEvents } from '#domain/run-events.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson } from '#ports/json-blob.ts';
import { jsonAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import type { runEventsRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** What a run did after the event that is named, how far it is and what it has spent. */
export const handle: RouteHandler<typeof runEventsRequest> = async (
  { owner, params: { runId }, query: { after } },
  { runStore, blobStore },
) => {
  // The run first: events that come after it was read are told the next time.
  const { status, progress } = await ownedRun(runStore, owner, runId);
  const [kept, ledger] = await Promise.all([readEvents(blobStore, runId), readLedger(blobStore, runId)]);
  const events = kept.filter(({ number }) => number > after);
  const document: RunEvents = {
    status,
    progress,
    events,
    next: events.at(-1)?.number ?? after,
    spent: spentBy(ledger),
  };
  return jsonAnswer(200, document);
};

async function readEvents(blobStore: BlobStore, runId: RunId): Promise<RunEvent[]> {
  const log = await orNone(readJson(blobStore, runKeys(runId).events, RunEventLogSchema));
  return log?.events ?? [];
}

async function readLedger(blobStore: BlobStore, runId: RunId): Promise<Ledger> {
  return (await orNone(readJson(blobStore, runKeys(runId).ledger, LedgerSchema))) ?? { calls: [] };
}

async function orNone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
