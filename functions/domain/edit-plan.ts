import { z } from 'zod';
import { CweSchema, SpanSchema } from './finding.ts';
import {
  DeclaredChangeSchema,
  EditSourceSchema,
  EnvironmentVariableSchema,
  OperatorNameSchema,
} from './operators.ts';
import { RepairedPartSchema, RepairTargetSchema } from './repair.ts';
import { FlowSchema, RiskMapSchema } from './risk.ts';

/** One place where one operator is to be tried. */
export const PlannedEditSchema = z.object({
  /** The operator and a fingerprint of what it is for: the same edit has the same id in every iteration. */
  id: z.string().max(200),
  operator: OperatorNameSchema,
  rule: z.string(),
  cwe: CweSchema.nullable(),
  source: EditSourceSchema,
  ...SpanSchema.shape,
  definition: z.string(),
});
export type PlannedEdit = z.infer<typeof PlannedEditSchema>;

export const EditPlanSchema = z.object({
  edits: z.array(PlannedEditSchema),
  /** What a model is to mend, and the gGAN's flows in that code; empty where none is asked. */
  targets: z.array(RepairTargetSchema).default([]),
  flows: z.array(FlowSchema).default([]),
  /** What the gGAN says of the original; null where it was not asked or cannot tell, and in later plans. */
  risk: RiskMapSchema.nullable().default(null),
  /** Why the gGAN cannot tell; null where it can or was not asked. */
  unassessed: z.string().nullable().default(null),
});
export type EditPlan = z.infer<typeof EditPlanSchema>;

/** An edit that an operator performed. `line` is where it began in the code it was applied to. */
export const AppliedEditSchema = z.object({
  id: z.string(),
  operator: OperatorNameSchema,
  cwe: CweSchema.nullable(),
  source: EditSourceSchema,
  line: z.int().min(1),
  summary: z.string(),
  declared: z.array(DeclaredChangeSchema),
  environment: z.array(EnvironmentVariableSchema),
});
export type AppliedEdit = z.infer<typeof AppliedEditSchema>;

/** An edit that was not performed, or was performed and undone, and why. */
export const DeclinedEditSchema = z.object({
  id: z.string(),
  operator: OperatorNameSchema,
  line: z.int().min(1),
  reason: z.string(),
  /** Another edit stood in the way; it is tried again once that one is accepted. */
  retry: z.boolean().default(false),
});
export type DeclinedEdit = z.infer<typeof DeclinedEditSchema>;

/** What ApplyEdits or PutBack leaves in the blob store. */
export const EditsSchema = z.object({
  applied: z.array(AppliedEditSchema),
  declined: z.array(DeclinedEditSchema),
  /** Pieces of code that a model replaced. */
  repaired: z.array(RepairedPartSchema).default([]),
});
export type Edits = z.infer<typeof EditsSchema>;
