import { z } from 'zod';
import table from '../../models/prices/aws.json' with { type: 'json' };

const PriceSchema = z.strictObject({
  /** Null where it is not known: what is counted by it is not known either. */
  usd: z.number().nonnegative().nullable(),
  per: z.string(),
  /** What every account has for nothing each month, without an end. */
  freeMonthly: z.number().positive().optional(),
  source: z.string(),
  asOf: z.string().nullable(),
});

const NAMES = [
  'kmsKeyMonth',
  'kmsRequest',
  'secretMonth',
  'alarmMetricMonth',
  'customMetricMonth',
  'dashboardMonth',
  'logGb',
  'imageGbMonth',
  'firewallMonth',
  'firewallRuleMonth',
  'transition',
  'lambdaGbSecond',
  'lambdaRequest',
  'apiRequest',
  'tableWrite',
  'tableRead',
  'blobWrite',
  'blobRead',
  'blobGbMonth',
  'tenantEnvironment',
] as const;

export type PriceName = (typeof NAMES)[number];
export type Price = z.infer<typeof PriceSchema>;

/** AWS's prices of one region, in US dollars, each with where it is from. */
export const prices: Readonly<Record<PriceName, Price>> = z
  .strictObject({
    region: z.string(),
    currency: z.literal('USD'),
    prices: z.record(z.enum(NAMES), PriceSchema),
  })
  .parse(table).prices;

/** A part of a bill. */
export type Cost = {
  what: string;
  quantity: number;
  price: PriceName;
};

/** What it costs; null where the price is not known. With `allowances`, what accounts have for nothing comes off. */
export function costOf({ quantity, price }: Cost, allowances: boolean): number | null {
  const { usd, freeMonthly = 0 } = prices[price];
  if (usd === null) return null;
  return Math.max(0, quantity - (allowances ? freeMonthly : 0)) * usd;
}

/** The sum of what is known; parts of one price share one allowance. */
export function totalOf(costs: readonly Cost[], allowances: boolean): number {
  const quantities = new Map<PriceName, number>();
  for (const { price, quantity } of costs) quantities.set(price, (quantities.get(price) ?? 0) + quantity);
  return [...quantities].reduce(
    (sum, [price, quantity]) => sum + (costOf({ what: '', quantity, price }, allowances) ?? 0),
    0,
  );
}
