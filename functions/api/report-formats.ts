import type { Report } from '#domain/report.ts';
import { renderHtml } from '#rendering/render-html.ts';
import { formatJson } from '#rendering/render-json.ts';
import { renderPatch } from '#rendering/render-patch.ts';
import { renderReportSarif } from '#rendering/render-report-sarif.ts';
import { renderText } from '#rendering/render-text.ts';
import { htmlHeaders } from './html-headers.ts';

type ReportFormat = {
  mediaType: string;
  headers: Record<string, string>;
  render: (report: Report) => string;
};

/** `?format=` → how a report is written; the first is for callers without a preference. */
export const reportFormats = {
  json: {
    mediaType: 'application/json',
    headers: download('application/json', 'sgcode-report.json'),
    render: formatJson,
  },
  html: { mediaType: 'text/html', headers: htmlHeaders, render: renderHtml },
  sarif: {
    mediaType: 'application/sarif+json',
    headers: download('application/sarif+json', 'sgcode-report.sarif'),
    render: renderReportSarif,
  },
  patch: {
    mediaType: 'text/x-diff',
    headers: download('text/x-diff; charset=utf-8', 'sgcode.patch'),
    render: ({ path, original, secured }) =>
      renderPatch({ path, before: original.code, after: secured.code }),
  },
  text: {
    mediaType: 'text/plain',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    render: (report) => renderText(report, { color: false, details: true }),
  },
} as const satisfies Record<string, ReportFormat>;

export type ReportFormatName = keyof typeof reportFormats;

function download(contentType: string, fileName: string) {
  return { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"` };
}
