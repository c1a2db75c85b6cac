import { PdfUnavailableError } from '#domain/errors.ts';

export const handler = async (): Promise<never> => {
  throw new PdfUnavailableError('Reports cannot be made into PDFs yet.');
};
