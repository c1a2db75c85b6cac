import { z } from 'zod';
import { CweSchema, SpanSchema } from './finding.ts';
import {
  DeclaredChangeSchema,
  EditSourceSchema,
  EnvironmentVariableSchema,
  OperatorNameSchema,
} from './operators.ts';

/** Something that a model is to mend: a counted finding, or a place at the gGAN's word. */
export const RepairTargetSchema = z.object({
  id: z.string().max(200),
  rule: z.string(),
  cwe: CweSchema.nullable(),
  source: EditSourceSchema,
  /** What is wrong there, in the analyzer's or our words. */
  message: z.string().max(2000),
  /** The operator that names the right fix; null where there is none. */
  operator: OperatorNameSchema.nullable(),
  ...SpanSchema.shape,
  /** Qualified name of the enclosing definition, '' at module level. */
  definition: z.string(),
  /** Other lines that belong to it: the way from the source to the sink. */
  lines: z.array(z.int().min(1)).max(40),
});
export type RepairTarget = z.infer<typeof RepairTargetSchema>;

/** What must stay as it is in a part, read from it by what the gates read it with. */
export const KeepListSchema = z.object({
  /** The line that begins the definition, decorators apart; '' for module statements. */
  signature: z.string(),
  routes: z.array(z.string()),
  /** Parameters of requests, keys of answers and other names that the outside sees. */
  names: z.array(z.string()),
  queries: z.array(z.string()),
  commands: z.array(z.string()),
});
export type KeepList = z.infer<typeof KeepListSchema>;

/** What an operator would have to say of its edit at a target, found by trying it on a copy. */
export const AllowedChangeSchema = z.object({
  target: z.string().max(200),
  /** What the operator would do here, in one sentence; null where its precondition does not hold. */
  summary: z.string().nullable(),
  declared: z.array(DeclaredChangeSchema),
  environment: z.array(EnvironmentVariableSchema),
  /** The lines that the operator would change, and what it would write in their place; none where that is long. */
  rewritten: z.array(z.object({ line: z.int().min(1), before: z.string(), after: z.string() })),
});
export type AllowedChange = z.infer<typeof AllowedChangeSchema>;

/** A piece of the code that a model may replace: a function, a method, or one statement of the module. */
export const CodePartSchema = z.object({
  /** `function`, `Class.method`, or `module:3` for the third part at module level. */
  name: z.string().max(300),
  kind: z.enum(['function', 'method', 'statement']),
  /** First and last line in the code, decorators included. */
  line: z.int().min(1),
  endLine: z.int().min(1),
  /** Its lines as they stand in the code, indentation included. */
  code: z.string(),
  /** Ids of the targets in it. */
  targets: z.array(z.string()),
  keep: KeepListSchema,
});
export type CodePart = z.infer<typeof CodePartSchema>;

/** A target as the account of a repair names it. */
export const RepairedTargetSchema = z.object({
  id: z.string().max(200),
  rule: z.string(),
  cwe: CweSchema.nullable(),
  source: EditSourceSchema,
  operator: OperatorNameSchema.nullable(),
});

/** What the worker's Excerpt leaves in the blob store: all that a prompt may quote of the code. */
export const ExcerptSchema = z.object({
  /** Null where the parts could be told apart; otherwise why only the whole file can be replaced. */
  whole: z.string().nullable(),
  parts: z.array(CodePartSchema),
  /** The import statements of the module, one each. */
  imports: z.array(z.string()),
  allowed: z.array(AllowedChangeSchema),
  /** What PutBack says of each target in its account. */
  targets: z.array(RepairedTargetSchema),
});
export type Excerpt = z.infer<typeof ExcerptSchema>;

/**
 * What a model answered, out of its wrapping. `parts`: Python text with imports and replaced definitions, put back
 * at their names. `whole`: Python text that replaces the file.
 */
export const ModelAnswerSchema = z.object({
  form: z.enum(['parts', 'whole']),
  code: z.string(),
});
export type ModelAnswer = z.infer<typeof ModelAnswerSchema>;

/** One piece of code that a model's words replaced, in the secured program. */
export const RepairedPartSchema = z.object({
  name: z.string().max(300),
  /** Where it begins in the code that was repaired. */
  line: z.int().min(1),
  /** The targets in it, with what their operators would declare. */
  targets: z.array(RepairedTargetSchema),
  declared: z.array(DeclaredChangeSchema),
  /** Variables of the allowed ones that the replaced code really reads. */
  environment: z.array(EnvironmentVariableSchema),
});
export type RepairedPart = z.infer<typeof RepairedPartSchema>;
