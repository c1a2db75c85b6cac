import { type AnalyzedFile, AnalyzedFileSchema } from '#domain/analyze-output.ts';
import type { RunSettings } from '#domain/loop-state.ts';
import { sendForJson } from './send.ts';

export type NewAnalysis = { code: string; settings: Pick<RunSettings, 'policy' | 'analyzers'> };

/** What the analyzers find in a small program, at once. */
export function analyze(analysis: NewAnalysis, signal: AbortSignal): Promise<AnalyzedFile> {
  return sendForJson(AnalyzedFileSchema, '/v1/analyses', { method: 'POST', body: analysis, signal });
}
