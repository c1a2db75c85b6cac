import { ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { NotFinishedError } from '#middleware/request-errors.ts';
import { readJson } from '#ports/json-blob.ts';
import { ownedRun } from './owned-run.ts';
import { chosenFormat, reportAnswer } from './report-answer.ts';
import type { reportRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** A finished run's report in the form that `?format=` names, else in the one that Accept prefers. */
export const handle: RouteHandler<typeof reportRequest> = async (
  { owner, params: { runId }, query, headers },
  services,
) => {
  const run = await ownedRun(services.runStore, owner, runId);
  const format = chosenFormat({ query, headers });
  if (run.status !== 'finished') {
    throw new NotFinishedError(`The run is ${run.status}: it has no report before it is finished.`);
  }
  const report = await readJson(services.blobStore, runKeys(runId).report, ReportSchema);
  return reportAnswer(report, format, services);
};
