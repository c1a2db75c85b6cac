import { z } from 'zod';
import { CweSchema, SpanSchema } from './finding.ts';
import { OperatorNameSchema } from './operators.ts';

/** The gGAN's figure between 0 and 1, never rounded. */
export const RiskSchema = z.number().min(0).max(1);

/** The riskiest node that begins in a line; `operator` is null where the gGAN would keep it. */
export const LineRiskSchema = z.object({
  line: z.int().min(1),
  risk: RiskSchema,
  cwe: CweSchema.nullable(),
  operator: OperatorNameSchema.nullable(),
});
export type LineRisk = z.infer<typeof LineRiskSchema>;

/** One place that a value passes on its way. `text` is the code there, in one line. */
export const FlowStepSchema = z.object({
  line: z.int().min(1),
  column: z.int().min(0),
  text: z.string().max(200),
});
export type FlowStep = z.infer<typeof FlowStepSchema>;

/** A way of a value from a source to a sink that the gGAN would cut, source first. */
export const FlowSchema = z.object({
  cwe: CweSchema.nullable(),
  /** How sure the gGAN is that the flow must be cut, of the edge that it would cut. */
  cut: RiskSchema,
  /** The step, counted from 0, between which and the next the flow would be cut; absent where the path is a part. */
  cutAfter: z.int().min(0).max(18).optional(),
  path: z.array(FlowStepSchema).min(2).max(20),
});
export type Flow = z.infer<typeof FlowSchema>;

/** An operator that the gGAN would try at one node. */
export const ProposalSchema = z.object({
  operator: OperatorNameSchema,
  cwe: CweSchema.nullable(),
  risk: RiskSchema,
  /** The probability of the operator among all of them and `keep`. */
  confidence: RiskSchema,
  ...SpanSchema.shape,
  /** The qualified name of the enclosing definition, empty at module level. */
  definition: z.string(),
});
export type Proposal = z.infer<typeof ProposalSchema>;

/** What the gGAN says of one program. */
export const RiskMapSchema = z.object({
  /** Of the whole file. */
  risk: RiskSchema,
  /** The line risk from which on a line is flagged. */
  threshold: RiskSchema,
  /** Every line in which code begins, in order. */
  lines: z.array(LineRiskSchema),
  flows: z.array(FlowSchema),
});
export type RiskMap = z.infer<typeof RiskMapSchema>;
