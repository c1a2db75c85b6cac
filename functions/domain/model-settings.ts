import { z } from 'zod';

/** What a model is there for: `general` writes and repairs, `safecoder` was tuned to write secure code. */
export const ModelRoleSchema = z.enum(['general', 'safecoder']);
export type ModelRole = z.infer<typeof ModelRoleSchema>;

/** How a model is spoken to: `chat` messages, or SafeCoder's instruction template for a plain completion. */
export const PromptTemplateSchema = z.enum(['chat', 'safecoder']);
export type PromptTemplate = z.infer<typeof PromptTemplateSchema>;

const BaseUrlSchema = z
  .string()
  .max(2000)
  .refine((text) => isBaseUrl(text), {
    message:
      'It takes an http or https address without user name, query and fragment, such as https://host/v1.',
  })
  .transform((text) => text.replace(/\/+$/, ''));

/** A model on a server that speaks OpenAI's API. Holds no key: that travels apart and sealed. */
export const ModelSettingsSchema = z.strictObject({
  name: z.string().regex(/^[\x21-\x7e]{1,200}$/, { message: 'It takes 1 to 200 printable characters.' }),
  baseUrl: BaseUrlSchema,
  template: PromptTemplateSchema.default('chat'),
});
export type ModelSettings = z.infer<typeof ModelSettingsSchema>;

/** The models that a run may call; null where none is set. */
export const ModelsSchema = z.strictObject({
  general: ModelSettingsSchema.nullable().default(null),
  safecoder: ModelSettingsSchema.nullable().default(null),
});
export type Models = z.infer<typeof ModelsSchema>;

/** What a run may spend on models, all its calls together. */
export const ModelBudgetSchema = z.strictObject({
  maxCalls: z.int().min(0).max(100).default(12),
  /** Prompt and completion tokens together. */
  maxTokens: z.int().min(0).max(10_000_000).default(200_000),
  /** US dollars; null for no limit. A model without a known price cannot be held to one. */
  maxCostUsd: z.number().min(0).max(10_000).nullable().default(null),
});
export type ModelBudget = z.infer<typeof ModelBudgetSchema>;

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return (
    ['http:', 'https:'].includes(protocol) && [username, password, search, hash].every((part) => part === '')
  );
}
