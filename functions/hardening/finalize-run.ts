import { StoreUnavailableError } from '#domain/errors.ts';
import type { LoopState, RunId } from '#domain/loop-state.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { readJson } from '#ports/json-blob.ts';
import { deleteModelKeys } from '#ports/model-keys/model-keys.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from './history-blob.ts';
import { initialDocument } from './initial-document.ts';
import { writeReport } from './report/write-report.ts';

export type Ending = {
  reason: string;
  /** The step that is to blame: the last that began unless another is named. */
  step?: string;
  /**
   * Somebody finalizes the run again where a store fails now. Else it is finished without a report, since a run that
   * says so is better than one that never ends.
   */
  isRetried?: boolean;
};

/**
 * Gives a run that ended from outside (its process was killed, its execution was stopped or timed out) the
 * report on how far it came: the best candidate so far, and why it went no further. Rejects with
 * StoreUnavailableError where the run cannot be finished, where nobody knows whether it has a report, or where it is
 * retried.
 */
export async function finalizeRun(
  services: Stores,
  run: Run,
  { step = run.progress?.step ?? 'Analyze', reason, isRetried = false }: Ending,
): Promise<void> {
  try {
    const state = await stateSoFar(services, run);
    await writeReport({ state, failure: { [step]: { Error: 'RunInterrupted', Cause: reason } } }, services);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The report's writer deletes them too, and may not have come that far.
    await deleteModelKeys(services.blobStore, run.id).catch(() => {});
    if (isRetried && error instanceof StoreUnavailableError) throw error;
    const failure = { step, message: reason };
    const told = await toldByReport(services, run.id);
    await services.runStore.finish(run.id, {
      verdict: told?.verdict ?? 'failed',
      reason: told?.reason ?? `${reason} Its report could not be written: ${message}`,
      findings: told?.findings ?? null,
      cancelled: run.cancelRequested,
      failure: told && told.verdict !== 'failed' ? null : failure,
    });
  }
}

/** What a report says that was written before something failed; null where there is none. */
async function toldByReport({ blobStore }: Stores, runId: RunId): Promise<Report | null> {
  try {
    return await readJson(blobStore, runKeys(runId).report, ReportSchema);
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    return null;
  }
}

/** The loop state as Decide left it last. */
async function stateSoFar({ blobStore }: Stores, run: Run): Promise<LoopState> {
  const { state } = initialDocument(run, new Date(run.startedAt ?? Date.now()));
  const { attempts } = await readHistory(blobStore, run.id);
  const best = attempts.findLast(({ outcome, reasons }) => outcome === 'accepted' && reasons.length === 0);
  if (!best) return state;
  return {
    ...state,
    bestKey: best.candidateKey,
    acceptedEditsKey: runKeys(run.id).leading(best.attempt),
    iteration: best.iteration,
    attempt: best.attempt,
  };
}

/**
 * Finalizes every unfinished run that nothing works on any more. Rejects with StoreUnavailableError where one of them
 * could not be finalized, having tried all.
 */
export async function finalizeAbandonedRuns(services: Stores): Promise<void> {
  const failures: unknown[] = [];
  for (const run of await services.runStore.abandoned()) {
    const reason = 'The process that worked on it ended before it was finished.';
    await finalizeRun(services, run, { reason }).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
