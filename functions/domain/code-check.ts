import { z } from 'zod';
import { GateResultsSchema } from './gates.ts';
import { EnvironmentVariableSchema } from './operators.ts';
import { FindingCountsSchema, ReportedFindingSchema } from './report.ts';

/** An owner's own version of the code, such as the secured one without some of its edits. */
export const NewCodeCheckSchema = z.strictObject({
  code: z.string().refine((text) => text.isWellFormed(), {
    message: 'It has an unpaired surrogate, half of a character, which UTF-8 cannot hold.',
  }),
  /** Ids of the report's edits that are kept: only what these declare may change. All of them where it is left out. */
  edits: z.array(z.string().max(200)).max(1000).optional(),
});
export type NewCodeCheck = z.infer<typeof NewCodeCheckSchema>;

/** How that version stands against the original of the run. */
export const CodeCheckSchema = z.object({
  /** Whether it may replace the original; `gates.secure` says whether anything is left. */
  accepted: z.boolean(),
  /** What speaks against it; empty where it is accepted. */
  reasons: z.array(z.string()),
  /** `behavior` and `tests` are not run here. */
  gates: GateResultsSchema,
  findings: FindingCountsSchema,
  /** What the analyzers find in this version. */
  found: z.array(ReportedFindingSchema),
  /** Environment variables that the kept edits make it read. */
  environment: z.array(EnvironmentVariableSchema),
});
export type CodeCheck = z.infer<typeof CodeCheckSchema>;
