import { ReportSchema } from '#domain/report.ts';
import { renderPdf } from './render-pdf.ts';

/** What a function that makes PDFs is told: a report, and where it finds its fonts. */
export type PdfHandlerOptions = { fontFolder: string };

/**
 * What makes a report into a PDF as a function of its own: a report comes in, and its PDF goes out in base64. Rejects
 * with a ZodError where the event is no report.
 */
export function createPdfHandler({
  fontFolder,
}: PdfHandlerOptions): (event: unknown) => Promise<{ pdf: string }> {
  return async (event) => {
    const bytes = await renderPdf(ReportSchema.parse(event), { fontFolder });
    return { pdf: Buffer.from(bytes).toString('base64') };
  };
}
