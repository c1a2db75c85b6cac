import type { KnownModels } from '#domain/known-models.ts';
import type { ModelBudget, ModelSettings } from '#domain/model-settings.ts';

type Prices = KnownModels['prices'];
export type Price = Prices[number]['usdPerMillion'];

/** What a model costs at its address, the price of its own server before a general one; null where no row says. */
export function priceOf({ name, baseUrl }: ModelSettings, prices: Prices): Price | null {
  const { host } = new URL(baseUrl);
  const rows = prices.filter(({ names }) => names.includes(name));
  const row = rows.find(({ hosts }) => hosts?.includes(host)) ?? rows.find(({ hosts }) => hosts === null);
  return row?.usdPerMillion ?? null;
}

/** The price in words. */
export function priceWords(price: Price | null): string {
  if (price === null) return 'price unknown';
  return `$${price.input} in, $${price.output} out for a million tokens`;
}

/** The most that a run with this budget can cost at this price, in US dollars. */
export function mostUsd(price: Price, { maxTokens, maxCostUsd }: ModelBudget): number {
  const most = (maxTokens / 1_000_000) * Math.max(price.input, price.output);
  return Math.min(most, maxCostUsd ?? most);
}
