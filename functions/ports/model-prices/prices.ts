import { z } from 'zod';
import type { Tokens } from '#domain/model-call.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import models from '../../../models/prices/models.json' with { type: 'json' };

const UsdSchema = z.number().positive();
const DaySchema = z.iso.date();
const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const PricedModelSchema = z.strictObject({
  id: z.string().min(1),
  match: z.strictObject({
    /** Letter for letter: names are never shortened or likened. */
    names: z.array(z.string().min(1)).min(1),
    /** Whether a name may end in the day of a release. */
    dated: z.boolean(),
    /** Days of releases that have another price. */
    except: z.array(DaySchema).default([]),
  }),
  /** Where the price holds; the maker's list price, for any host, where it is left out. */
  hosts: z.array(z.string().min(1)).min(1).optional(),
  usdPerMillion: z.strictObject({ input: UsdSchema, cached: UsdSchema.nullable(), output: UsdSchema }),
  source: z.string().min(1),
  asOf: z.union([DaySchema, MonthSchema]).nullable(),
  note: z.string().min(1).nullable(),
  endsOn: DaySchema.nullable(),
});
type PricedModel = z.output<typeof PricedModelSchema>;

/** The form of `models/prices/models.json`. No model may have two prices at one host. */
export const PriceTableSchema = z
  .strictObject({ asOf: z.union([DaySchema, MonthSchema]), models: z.array(PricedModelSchema) })
  .refine((table) => areUnique(table.models.map(({ id }) => id)), { message: 'Two rows have one id.' })
  .refine((table) => areUnique(table.models.flatMap(placedNames)), {
    message: 'Two rows price one name at one host.',
  });
export type PriceTable = z.output<typeof PriceTableSchema>;

/** What a model costs, and where that was read. */
export type Price = Pick<PricedModel, 'id' | 'usdPerMillion' | 'source' | 'asOf' | 'note' | 'endsOn'>;

/** Every price that SGCode knows, from `models/prices/models.json`. */
export const prices: PriceTable = PriceTableSchema.parse(models);

/** What a model costs, or null where no row says. `baseUrl` is one that `ModelSettingsSchema` takes. */
export function priceOf(model: Pick<ModelSettings, 'name' | 'baseUrl'>, table = prices): Price | null {
  const { host } = new URL(model.baseUrl);
  const rows = table.models.filter((row) => isNamed(row, model.name));
  return (
    rows.find(({ hosts }) => hosts?.includes(host)) ?? rows.find(({ hosts }) => hosts === undefined) ?? null
  );
}

/**
 * US dollars for tokens, or null where the price is null. Input that came out of a cache is not made cheaper,
 * because not every server says how much of it there was.
 */
export function costOf(
  { prompt, completion }: Pick<Tokens, 'prompt' | 'completion'>,
  price: Price | null,
): number | null {
  if (price === null) return null;
  const { input, output } = price.usdPerMillion;
  return (prompt * input + completion * output) / 1_000_000;
}

function isNamed({ match }: PricedModel, name: string): boolean {
  if (match.names.includes(name)) return true;
  const dated = /^(.+)-(\d{4}-\d{2}-\d{2})$/.exec(name);
  if (!match.dated || dated === null) return false;
  const [, undated = '', day = ''] = dated;
  return match.names.includes(undated) && DaySchema.safeParse(day).success && !match.except.includes(day);
}

function placedNames({ match, hosts = [''] }: PricedModel): string[] {
  return hosts.flatMap((host) => match.names.map((name) => `${host} ${name}`));
}

function areUnique(texts: string[]): boolean {
  return new Set(texts).size === texts.length;
}
