import { type MachineDocument, stoppedBy } from '#domain/loop-state.ts';
import type { Report } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { Verdict } from '#domain/verdict.ts';
import { writeJson } from '#ports/json-blob.ts';
import { deleteModelKeys } from '#ports/model-keys/model-keys.ts';
import type { Stores } from '#ports/services.ts';
import { buildReport } from './build-report.ts';
import { failureOf, gatherMaterial } from './run-material.ts';

/**
 * Writes the report and finishes the run. Works with whatever the steps left before a failure. The user's keys are
 * deleted before the run is finished, whether the report could be written or not.
 */
export async function writeReport(
  document: MachineDocument,
  services: Stores,
): Promise<{ verdict: Verdict }> {
  const report = await storeReport(document, services).finally(() =>
    deleteModelKeys(services.blobStore, document.state.runId),
  );
  await services.runStore.finish(report.runId, {
    verdict: report.verdict,
    reason: report.reason,
    findings: report.findings,
    cancelled: stoppedBy(document) === 'cancelled',
    failure: failureOf(document),
  });
  return { verdict: report.verdict };
}

async function storeReport(document: MachineDocument, services: Stores): Promise<Report> {
  const report = buildReport(await gatherMaterial(document, services), Date.now());
  await writeJson(services.blobStore, runKeys(report.runId).report, report);
  return report;
}
