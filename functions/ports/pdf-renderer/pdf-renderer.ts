import type { Report } from '#domain/report.ts';

/** Makes a report into a PDF, apart from what asks for it: a large one takes seconds of computing. */
export type PdfRenderer = {
  /** Rejects with PdfUnavailableError. */
  render(report: Report): Promise<Uint8Array>;
};
