import { type MachineDocument, stoppedBy } from '#domain/loop-state.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { Verdict } from '#domain/verdict.ts';
import { readJson, writeNewJson } from '#ports/json-blob.ts';
import { deleteModelKeys } from '#ports/model-keys/model-keys.ts';
import type { Stores } from '#ports/services.ts';
import { recordEvents } from '../run-events.ts';
import { buildReport } from './build-report.ts';
import { failureOf, gatherMaterial } from './run-material.ts';

/**
 * Writes the report and finishes the run. Works with whatever the steps left before a failure. The user's keys are
 * deleted before the run is finished, whether the report could be written or not.
 *
 * The first report stays: an execution that was stopped may still be writing its own while the finalizer writes
 * another, and the run must say what the report says.
 */
export async function writeReport(
  document: MachineDocument,
  services: Stores,
): Promise<{ verdict: Verdict }> {
  const { report, isNew } = await storeReport(document, services).finally(() =>
    deleteModelKeys(services.blobStore, document.state.runId),
  );
  if (isNew) await recordEvents(services, document.state, [{ step: 'Report', note: report.reason }]);
  await services.runStore.finish(report.runId, {
    verdict: report.verdict,
    reason: report.reason,
    findings: report.findings,
    cancelled: stoppedBy(document) === 'cancelled',
    // What went wrong here is not what an earlier report tells of, unless that failed too.
    failure: isNew || report.verdict === 'failed' ? failureOf(document) : null,
  });
  return { verdict: report.verdict };
}

async function storeReport(
  document: MachineDocument,
  services: Stores,
): Promise<{ report: Report; isNew: boolean }> {
  const report = buildReport(await gatherMaterial(document, services), Date.now());
  const key = runKeys(report.runId).report;
  if (await writeNewJson(services.blobStore, key, report)) return { report, isNew: true };
  return { report: await readJson(services.blobStore, key, ReportSchema), isNew: false };
}
