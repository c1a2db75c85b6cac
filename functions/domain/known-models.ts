import { z } from 'zod';
import { TokensSchema } from './model-call.ts';
import { ModelSettingsSchema } from './model-settings.ts';

const UsdSchema = z.number().positive();

/** What a model costs, with where and when that was read. */
export const KnownPriceSchema = z.object({
  id: z.string(),
  usdPerMillion: z.object({ input: UsdSchema, cached: UsdSchema.nullable(), output: UsdSchema }),
  source: z.string(),
  asOf: z.string().nullable(),
  note: z.string().nullable(),
  /** The last day on which it holds; null where none is known. */
  endsOn: z.string().nullable(),
});
export type KnownPrice = z.infer<typeof KnownPriceSchema>;

/** A row of the price table: names are compared letter for letter. */
export const PricedNamesSchema = KnownPriceSchema.extend({
  names: z.array(z.string()),
  /** The servers at which it holds; null for any. */
  hosts: z.array(z.string()).nullable(),
});

/** A server of models that runs on the machine of this API. */
export const FoundServerSchema = z.object({
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.object({ name: z.string(), price: KnownPriceSchema.nullable() })),
});

/** The models that can be named without knowing anything: found servers, and the price table. */
export const KnownModelsSchema = z.object({
  /** Whether a run may call servers of this machine and of its network, and http ones. */
  callsLocalServers: z.boolean(),
  servers: z.array(FoundServerSchema),
  prices: z.array(PricedNamesSchema),
});
export type KnownModels = z.infer<typeof KnownModelsSchema>;

/** Whether a model answers. The key comes in the header `sgcode-model-key`. */
export const NewModelTestSchema = z.strictObject({ model: ModelSettingsSchema });

export const ModelTestSchema = z.object({
  isWorking: z.boolean(),
  /** What it answered with, or what to do; quotes nothing that the server sent. */
  message: z.string(),
  /** Null where it did not answer. */
  tokens: TokensSchema.nullable(),
  costUsd: z.number().min(0).nullable(),
  ms: z.number().min(0),
});
export type ModelTest = z.infer<typeof ModelTestSchema>;
