import type { MachineDocument } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { Verdict } from '#domain/verdict.ts';
import { writeJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { buildReport } from './build-report.ts';
import { failureOf, gatherMaterial } from './run-material.ts';

/** Writes the report and finishes the run. Works with whatever the steps left before a failure. */
export async function writeReport(
  document: MachineDocument,
  services: Stores,
): Promise<{ verdict: Verdict }> {
  const material = await gatherMaterial(document, services);
  const report = buildReport(material, Date.now());
  await writeJson(services.blobStore, runKeys(report.runId).report, report);
  await services.runStore.finish(report.runId, {
    verdict: report.verdict,
    reason: report.reason,
    findings: report.findings,
    cancelled: document.plan?.stopped === 'cancelled',
    failure: failureOf(document),
  });
  return { verdict: report.verdict };
}
