import { z } from 'zod';
import { ApiKeySchema } from '#domain/api-key.ts';
import { NewCodeCheckSchema } from '#domain/code-check.ts';
import { NewModelTestSchema } from '#domain/known-models.ts';
import { RunIdSchema, RunSettingsSchema } from '#domain/loop-state.ts';
import { MechanismSchema } from '#domain/mechanism.ts';
import { PromptSchema } from '#domain/prompt.ts';
import { RunSchema } from '#domain/run.ts';
import { NewShareSchema, ShareIdSchema, ShareTokenSchema } from '#domain/share.ts';

/** What a route reads of a request; parts that it does not name are not looked at. */
export type RequestSchemas = {
  params?: z.ZodType;
  query?: z.ZodType;
  headers?: z.ZodType;
  body?: z.ZodType;
};

/** UTF-8 has no half characters: storing one would silently store something else. */
const TextSchema = z.string().refine((text) => text.isWellFormed(), {
  message: 'It has an unpaired surrogate, half of a character, which UTF-8 cannot hold.',
});

/** The name under which the code is reported; never opened. */
const PathSchema = TextSchema.pipe(RunSchema.shape.path).default('program.py');

const RunParamsSchema = z.object({ runId: RunIdSchema });

export const createRunRequest = {
  headers: z.object({
    'idempotency-key': z
      .string()
      .regex(/^[\x20-\x7e]{1,200}$/, { message: 'It takes 1 to 200 printable ASCII characters.' })
      .optional(),
    /** The caller's keys for the models that the settings name. In no body, since bodies are what is logged and kept. */
    'sgcode-model-key': ApiKeySchema.optional(),
    'sgcode-safecoder-key': ApiKeySchema.optional(),
  }),
  body: z
    .strictObject({
      path: PathSchema,
      /** The program, or the prompt from which one is written. */
      code: TextSchema.optional(),
      prompt: PromptSchema.optional(),
      /** The user's own tests of the program, for pytest or unittest; they import it by its file's name. */
      tests: TextSchema.optional(),
      /** Which mechanism is the default depends on the models. */
      settings: RunSettingsSchema.extend({ mechanism: MechanismSchema.optional() }).strict().prefault({}),
    })
    .superRefine(({ code, prompt }, context) => {
      if (code === undefined && prompt === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['code'],
          message: 'It takes code, or a prompt in its place.',
        });
      }
      if (code !== undefined && prompt !== undefined) {
        context.addIssue({
          code: 'custom',
          path: ['prompt'],
          message: 'It takes code or a prompt, not both.',
        });
      }
    }),
} satisfies RequestSchemas;

export const listRunsRequest = {
  query: z.object({
    limit: z
      .string()
      .regex(/^\d{1,3}$/, { message: 'It takes a whole number from 1 to 100.' })
      .transform(Number)
      .pipe(z.int().min(1).max(100))
      .default(20),
    cursor: z.string().min(1).max(200).optional(),
  }),
} satisfies RequestSchemas;

export const runRequest = { params: RunParamsSchema } satisfies RequestSchemas;

export const reportRequest = {
  params: RunParamsSchema,
  /** Which formats there are is the route's to say: another one is not acceptable, not invalid. */
  query: z.object({ format: z.string().optional() }),
  headers: z.object({ accept: z.string().optional() }),
} satisfies RequestSchemas;

export const createAnalysisRequest = {
  body: z.strictObject({
    path: PathSchema,
    code: TextSchema,
    settings: RunSettingsSchema.pick({ policy: true, analyzers: true }).strict().prefault({}),
  }),
} satisfies RequestSchemas;

export const runEventsRequest = {
  params: RunParamsSchema,
  query: z.object({
    /** The number of the last event that the caller has. */
    after: z
      .string()
      .regex(/^\d{1,9}$/, { message: 'It takes a whole number.' })
      .transform(Number)
      .default(0),
  }),
} satisfies RequestSchemas;

export const createCodeCheckRequest = {
  params: RunParamsSchema,
  body: NewCodeCheckSchema,
} satisfies RequestSchemas;

export const createShareRequest = { params: RunParamsSchema, body: NewShareSchema } satisfies RequestSchemas;

export const deleteShareRequest = {
  params: z.object({ shareId: ShareIdSchema }),
} satisfies RequestSchemas;

export const sharedReportRequest = {
  params: z.object({ token: ShareTokenSchema }),
  query: reportRequest.query,
  headers: reportRequest.headers,
} satisfies RequestSchemas;

export const createModelTestRequest = {
  headers: z.object({ 'sgcode-model-key': ApiKeySchema.optional() }),
  body: NewModelTestSchema,
} satisfies RequestSchemas;

/** A route that reads nothing of its request. */
export const emptyRequest = {} satisfies RequestSchemas;
