import type { Price } from '#ports/model-prices/prices.ts';

/** A price with the day on which it was read; an unknown one is never shown as 0. */
export function priceWords(price: Price | null): string {
  if (price === null) return 'price unknown';
  const { input, output } = price.usdPerMillion;
  const until = price.endsOn === null ? '' : `, served until ${price.endsOn}`;
  const read = price.asOf === null ? '' : `, read ${price.asOf}`;
  return `$${input} in, $${output} out per million tokens${read}${until}`;
}
