import { analyzedFile } from '#domain/analyzed-file.ts';
import { InputTooLargeError } from '#domain/errors.ts';
import { analyzeCode } from '#ports/worker/analyze-code.ts';
import { jsonAnswer } from './answers.ts';
import type { createAnalysisRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** What can be looked at while the caller waits. */
export const MAX_BYTES_AT_ONCE = 200_000;

const encoder = new TextEncoder();

/** Analyzes a small program at once; nothing of it is kept. */
export const handle: RouteHandler<typeof createAnalysisRequest> = async ({ body }, services) => {
  const { path, settings } = body;
  const code = encoder.encode(body.code);
  if (code.byteLength > MAX_BYTES_AT_ONCE) {
    throw new InputTooLargeError(
      `The code has ${code.byteLength.toLocaleString('en-US')} bytes; an analysis takes ${MAX_BYTES_AT_ONCE.toLocaleString('en-US')}. A run takes more: POST /v1/runs.`,
    );
  }
  const analyses = await analyzeCode(services, { code, analyzers: settings.analyzers });
  return jsonAnswer(200, analyzedFile(path, analyses, settings.policy));
};
