import { ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { NotAcceptableError, NotFinishedError } from '#middleware/request-errors.ts';
import { readJson } from '#ports/json-blob.ts';
import { ownedRun } from './owned-run.ts';
import { preferredType } from './preferred-type.ts';
import { type ReportFormatName, reportFormats } from './report-formats.ts';
import type { reportRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

const names = Object.keys(reportFormats) as ReportFormatName[];

/** A finished run's report in the form that `?format=` names, else in the one that Accept prefers. */
export const handle: RouteHandler<typeof reportRequest> = async (
  { owner, params: { runId }, query, headers },
  { runStore, blobStore },
) => {
  const run = await ownedRun(runStore, owner, runId);
  const format = reportFormats[query.format === undefined ? accepted(headers.accept) : named(query.format)];
  if (run.status !== 'finished') {
    throw new NotFinishedError(`The run is ${run.status}: it has no report before it is finished.`);
  }
  const report = await readJson(blobStore, runKeys(runId).report, ReportSchema);
  return {
    statusCode: 200,
    headers: { ...format.headers, vary: 'accept' },
    body: format.render(report),
  };
};

function named(format: string): ReportFormatName {
  const name = names.find((candidate) => candidate === format);
  if (name === undefined) throw new NotAcceptableError(`The formats are ${names.join(', ')}.`);
  return name;
}

function accepted(accept: string | undefined): ReportFormatName {
  const types = names.map((name) => reportFormats[name].mediaType);
  const type = preferredType(accept, types);
  const name = names.find((candidate) => reportFormats[candidate].mediaType === type);
  if (name === undefined) throw new NotAcceptableError(`A report comes as ${types.join(', ')}.`);
  return name;
}
