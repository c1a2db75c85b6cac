import { z } from 'zod';
import { AnalyzerNameSchema, CweSchema } from './finding.ts';
import { LightsSchema } from './gates.ts';
import { RunIdSchema } from './loop-state.ts';
import { MechanismSchema } from './mechanism.ts';
import { TokensSchema } from './model-call.ts';
import { EditSourceSchema, OperatorNameSchema } from './operators.ts';
import { PolicyNameSchema } from './policy-name.ts';
import { FindingCountsSchema, MillisecondsSchema } from './report.ts';
import { VerdictSchema } from './verdict.ts';

/** One file in what `sgcode harden --json` writes: the report without the code. */
export const HardenedFileSchema = z.object({
  /** As it was given on the command line, or reached from there. */
  path: z.string(),
  runId: RunIdSchema,
  verdict: VerdictSchema,
  reason: z.string(),
  gates: LightsSchema,
  findings: FindingCountsSchema,
  edits: z.array(
    z.object({
      operator: OperatorNameSchema,
      line: z.int().min(1),
      cwe: CweSchema.nullable(),
      source: EditSourceSchema,
    }),
  ),
  /** Pieces of code that a model replaced. */
  repairs: z.array(
    z.object({ name: z.string(), line: z.int().min(1), cwes: z.array(CweSchema), source: EditSourceSchema }),
  ),
  /** Names of the environment variables that the fix now reads. */
  environment: z.array(z.string()),
  iterations: z.int().min(0),
  modelCalls: z.int().min(0),
  tokens: TokensSchema,
  costUsd: z.number().nullable(),
  ms: MillisecondsSchema,
});
export type HardenedFile = z.infer<typeof HardenedFileSchema>;

export const HardenTotalsSchema = z.object({
  files: z.int().min(0),
  byVerdict: z.record(VerdictSchema, z.int().min(0)),
  findings: FindingCountsSchema,
  modelCalls: z.int().min(0),
  tokens: TokensSchema,
  /** Null as soon as one price is unknown. */
  costUsd: z.number().nullable(),
  ms: MillisecondsSchema,
});
export type HardenTotals = z.infer<typeof HardenTotalsSchema>;

const NamedModelSchema = z.object({ name: z.string(), host: z.string() });

/** The whole document of `sgcode harden --json`: a contract that tests and measurements read. */
export const HardenOutputSchema = z.object({
  mechanism: MechanismSchema,
  /** The models that runs could call; null where none is set. */
  models: z.object({ general: NamedModelSchema.nullable(), safecoder: NamedModelSchema.nullable() }),
  policy: PolicyNameSchema,
  analyzers: z.array(AnalyzerNameSchema),
  files: z.array(HardenedFileSchema),
  totals: HardenTotalsSchema,
});
export type HardenOutput = z.infer<typeof HardenOutputSchema>;
