import { z } from 'zod';
import { ReportedFindingSchema } from './report.ts';
import { FlowSchema, LineRiskSchema, RiskSchema } from './risk.ts';

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

/** With `--explain`: what the gGAN says of the file, too. */
export const ExplainedFileSchema = AnalyzedFileSchema.extend({
  /** Null where the gGAN says nothing of the file; then there are no lines and no flows. */
  risk: RiskSchema.nullable(),
  /** The line risk from which on a line is flagged; null with `risk`. */
  threshold: RiskSchema.nullable(),
  /** Why the gGAN says nothing; null where it does. */
  unassessed: z.string().nullable(),
  /** Every line in which code begins, in order. */
  lines: z.array(LineRiskSchema),
  flows: z.array(FlowSchema),
});
export type ExplainedFile = z.infer<typeof ExplainedFileSchema>;

export const AnalyzeCommandOutputSchema = z.object({
  // The larger one first: the other would take its files and drop what it does not know.
  files: z.array(z.union([ExplainedFileSchema, AnalyzedFileSchema])),
});
export type AnalyzeCommandOutput = z.infer<typeof AnalyzeCommandOutputSchema>;
