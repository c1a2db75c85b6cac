import { describe, expect, it } from '@jest/globals';
import { KnownModelsSchema } from '#domain/known-models.ts';
import { ModelBudgetSchema, ModelSettingsSchema } from '#domain/model-settings.ts';
import { mostUsd, priceOf, priceWords } from './prices.ts';

const row = { source: '', asOf: null, note: null, endsOn: null, hosts: null };
const { prices } = KnownModelsSchema.parse({
  callsLocalServers: true,
  servers: [],
  prices: [
    {
      ...row,
      id: 'a',
      names: ['small', 'vendor/small'],
      usdPerMillion: { input: 0.5, cached: null, output: 2 },
    },
    {
      ...row,
      id: 'b',
      names: ['large'],
      hosts: ['one.example'],
      usdPerMillion: { input: 9, cached: 1, output: 3 },
    },
  ],
});
const model = (name: string, host = 'any.example') =>
  ModelSettingsSchema.parse({ name, baseUrl: `https://${host}/v1` });

describe('what a model costs', () => {
  it('is known by its name, and at the servers that the price holds for', () => {
    expect(priceOf(model('vendor/small'), prices)?.output).toBe(2);
    expect(priceOf(model('large', 'one.example'), prices)?.input).toBe(9);
    expect(priceOf(model('large'), prices)).toBeNull();
    expect(priceOf(model('Small'), prices)).toBeNull();
  });

  it('is said to be unknown rather than nothing', () => {
    expect(priceWords(null)).toBe('price unknown');
  });

  it('is bounded by the tokens and by the money that a run may spend', () => {
    const budget = ModelBudgetSchema.parse({ maxTokens: 200_000 });

    expect(mostUsd({ input: 0.5, cached: null, output: 2 }, budget)).toBeCloseTo(0.4);
    expect(mostUsd({ input: 9, cached: 1, output: 3 }, budget)).toBeCloseTo(1.8);
    expect(mostUsd({ input: 9, cached: 1, output: 3 }, { ...budget, maxCostUsd: 0.1 })).toBe(0.1);
  });
});
