import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Report } from '#domain/report.ts';
import { NotAcceptableError } from '#middleware/request-errors.ts';
import type { ApiServices } from '#ports/services.ts';
import { preferredType } from './preferred-type.ts';
import { type ReportFormatName, reportFormats } from './report-formats.ts';

const names = Object.keys(reportFormats) as ReportFormatName[];

/** How a caller says in which form it wants a report. */
export type Wish = { query: { format?: string | undefined }; headers: { accept?: string | undefined } };

/** The form that `?format=` names, else the one that Accept prefers. Throws NotAcceptableError. */
export function chosenFormat({ query: { format }, headers: { accept } }: Wish): ReportFormatName {
  return format === undefined ? accepted(accept) : named(format);
}

/** A report in one of its forms. */
export async function reportAnswer(
  report: Report,
  name: ReportFormatName,
  services: ApiServices,
): Promise<APIGatewayProxyResult> {
  const { headers, render } = reportFormats[name];
  const body = await render(report, services);
  const answer = { statusCode: 200, headers: { ...headers, vary: 'accept' } };
  if (typeof body === 'string') return { ...answer, body };
  return { ...answer, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

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
