import { z } from 'zod';

export const LightSchema = z.enum(['pass', 'fail', 'not-run']);
export type Light = z.infer<typeof LightSchema>;

/** The six lights, in the order in which they are shown. */
export const GateNameSchema = z.enum(['parses', 'secure', 'surface', 'honest', 'behavior', 'tests']);
export type GateName = z.infer<typeof GateNameSchema>;

export const EvidenceSchema = z.object({
  message: z.string(),
  /** Line in the candidate, where the evidence has one. */
  line: z.int().min(1).nullable(),
});

/** One gate's answer with what a person needs to believe it. */
export const GateResultSchema = z.object({
  light: LightSchema,
  /** Why it failed, or what was allowed because an operator declared it. */
  evidence: z.array(EvidenceSchema),
  /** What this gate looked at, in one sentence. */
  checked: z.string(),
  /** What it cannot tell, in one sentence. */
  notChecked: z.string(),
});
export type GateResult = z.infer<typeof GateResultSchema>;

/** What the worker's Verify leaves in the blob store: the gates that compare code with code. */
export const StaticGatesSchema = z.object({
  parses: GateResultSchema,
  surface: GateResultSchema,
  honest: GateResultSchema,
});
export type StaticGates = z.infer<typeof StaticGatesSchema>;

/** What RunPrograms leaves in the blob store: the gates that run original and candidate in the sealed runner. */
export const ProgramGatesSchema = z.object({ behavior: GateResultSchema, tests: GateResultSchema });
export type ProgramGates = z.infer<typeof ProgramGatesSchema>;

export const GateResultsSchema = z.record(GateNameSchema, GateResultSchema);
export type GateResults = z.infer<typeof GateResultsSchema>;

export const LightsSchema = z.record(GateNameSchema, LightSchema);
export type Lights = z.infer<typeof LightsSchema>;
