import type { Report } from '#domain/report.ts';
import type { ApiServices } from '#ports/services.ts';
import { renderHtml } from '#rendering/render-html.ts';
import { formatJson } from '#rendering/render-json.ts';
import { renderPatch } from '#rendering/render-patch.ts';
import { renderReportSarif } from '#rendering/render-report-sarif.ts';
import { renderText } from '#rendering/render-text.ts';
import { htmlHeaders } from './html-headers.ts';

/** What a format uses of the outside. */
export type FormatServices = Pick<ApiServices, 'pdfRenderer'>;

type ReportFormat = {
  mediaType: string;
  headers: Record<string, string>;
  /** Text, or the bytes of what is no text. */
  render: (report: Report, services: FormatServices) => string | Promise<Uint8Array>;
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
  pdf: {
    mediaType: 'application/pdf',
    headers: download('application/pdf', 'sgcode-report.pdf'),
    render: (report: Report, { pdfRenderer }: FormatServices) => pdfRenderer.render(report),
  },
} satisfies Record<string, ReportFormat>;

export type ReportFormatName = keyof typeof reportFormats;

function download(contentType: string, fileName: string) {
  return { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"` };
}
