import type { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { PdfUnavailableError } from '#domain/errors.ts';
import { invokeFunction } from '../invoke-function.ts';
import type { PdfRenderer } from './pdf-renderer.ts';

/** What the function answers. */
export const PdfAnswerSchema = z.object({ pdf: z.base64() });

/** A report goes into the event, and Lambda takes 6 MB of it and of the answer. */
const MAX_EVENT_BYTES = 6_000_000;

/** Has another Lambda function make the PDF: it needs much memory, and none of the API's rights. */
export function createLambdaPdfRenderer({
  client,
  functionName,
}: {
  client: LambdaClient;
  functionName: string;
}): PdfRenderer {
  return {
    render: async (report) => {
      if (Buffer.byteLength(JSON.stringify(report)) > MAX_EVENT_BYTES) {
        throw new PdfUnavailableError('the report is too large to be made into a PDF here');
      }
      const invoked = await invokeFunction(client, functionName, report).catch((cause: unknown) => {
        throw new PdfUnavailableError('the function that makes PDFs could not be invoked', { cause });
      });
      const answer = 'answer' in invoked ? PdfAnswerSchema.safeParse(invoked.answer) : null;
      if (!answer?.success) throw new PdfUnavailableError('the function that makes PDFs failed');
      return Buffer.from(answer.data.pdf, 'base64');
    },
  };
}
