import { z } from 'zod';
import { ReportedFindingSchema } from './report.ts';

/** One file in what `sgcode analyze --format json` prints. */
export const AnalyzedFileSchema = z.object({
  path: z.string(),
  /** `analyzed` only where every analyzer could read the file. */
  status: z.enum(['analyzed', 'unanalyzable']),
  /** Why it could not be analyzed; null when it was. */
  reason: z.string().nullable(),
  findings: z.array(ReportedFindingSchema),
});
export type AnalyzedFile = z.infer<typeof AnalyzedFileSchema>;

export const AnalyzeCommandOutputSchema = z.object({ files: z.array(AnalyzedFileSchema) });
export type AnalyzeCommandOutput = z.infer<typeof AnalyzeCommandOutputSchema>;
