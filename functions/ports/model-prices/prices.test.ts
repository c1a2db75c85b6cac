import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { costOf, type Price, PriceTableSchema, priceOf, prices } from './prices.ts';

const OPENAI = 'https://api.openai.com/v1';
const idOf = (name: string, baseUrl = OPENAI) => priceOf({ name, baseUrl })?.id ?? null;

describe('the table', () => {
  test.each(prices.models)('$id says where and when its price was read', (row) => {
    expect(row.source).toMatch(/\w{5}/);
    expect(row.asOf !== null || row.note !== null).toBe(true);
    if (row.asOf !== null) expect(row.asOf.slice(0, 7) <= prices.asOf.slice(0, 7)).toBe(true);
    expect(row.match.names).toContain(row.id);
    expect(row.usdPerMillion.cached ?? 0).toBeLessThan(row.usdPerMillion.input);
    expect(row.usdPerMillion.output).toBeGreaterThan(row.usdPerMillion.input);
  });

  test('prices every name of every row as that row, wherever it is', () => {
    const named = prices.models.flatMap((row) => row.match.names.map((name) => [name, row.id]));

    expect(named.map(([name = '']) => [name, idOf(name, 'http://127.0.0.1:4000/v1')])).toEqual(named);
  });

  const [row] = prices.models;
  test.each([
    ['two rows with one id', [row, { ...row, match: { names: ['other'], dated: false } }]],
    ['two prices of one name', [row, { ...row, id: 'other' }]],
    ['a price of 0', [{ ...row, usdPerMillion: { input: 0, cached: null, output: 1 } }]],
    ['no source', [{ ...row, source: '' }]],
    ['a field that nobody reads', [{ ...row, until: '2027-01-01' }]],
  ])('is refused with %s', (_what, models) => {
    expect(PriceTableSchema.safeParse({ asOf: '2026-10', models }).success).toBe(false);
  });
});

describe('priceOf', () => {
  test.each([
    ['gpt-4o-mini', 'gpt-4o-mini'],
    ['gpt-4o-2024-11-20', 'gpt-4o'],
    ['openai/gpt-4o', 'gpt-4o'],
    ['openai/gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['gpt-5.4-nano', 'gpt-5.4-nano'],
    ['anthropic/claude-opus-5.5', 'claude-opus-5.5'],
    ['claude-opus-5-5', 'claude-opus-5.5'],
  ])('%s is priced as %s', (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  test.each([
    ['a release with a price of its own', 'gpt-4o-2024-05-13'],
    ['another model with the same beginning', 'gpt-4o-audio-preview'],
    ['the same with a day', 'gpt-4o-audio-preview-2024-12-17'],
    ['no day of the calendar', 'gpt-4o-2024-13-45'],
    ['a day where names have none', 'gemini-3.5-flash-lite-2026-08-05'],
    ['two days', 'gpt-4o-2024-11-20-2024-11-20'],
    ["Bedrock's name", 'openai.gpt-5.4'],
    ['another maker', 'someone/gpt-4o'],
    ['other letters', 'GPT-4o'],
    ['a tuned model', 'ft:gpt-4o-mini-2024-07-18:me::abc'],
    ['a model of this machine', 'qwen2.5-coder:7b'],
    ['sources that disagree', 'gpt-5.6-sol'],
    ['a name of JavaScript', '__proto__'],
  ])('%s is unknown: %s', (_why, name) => {
    expect(idOf(name)).toBeNull();
  });

  test('takes the price of the host before the list price, and at no other host', () => {
    const row = {
      match: { names: ['model-a'], dated: false },
      usdPerMillion: { input: 1, cached: null, output: 2 },
      source: 'a test',
      asOf: '2026-10-01',
      note: null,
      endsOn: null,
    };
    const table = PriceTableSchema.parse({
      asOf: '2026-10',
      models: [
        { ...row, id: 'list' },
        { ...row, id: 'there', hosts: ['models.example:8443'] },
        { ...row, id: 'only there', match: { names: ['model-b'], dated: false }, hosts: ['models.example'] },
      ],
    });
    const at = (name: string, baseUrl: string) => priceOf({ name, baseUrl }, table)?.id ?? null;

    expect(at('model-a', 'https://models.example:8443/v1')).toBe('there');
    expect(at('model-a', 'https://models.example/v1')).toBe('list');
    expect(at('model-b', 'https://models.example/v1')).toBe('only there');
    expect(at('model-b', 'https://models.example.evil.example/v1')).toBeNull();
  });
});

describe('costOf', () => {
  const price: Price = {
    id: 'a',
    usdPerMillion: { input: 2.5, cached: 1.25, output: 10 },
    source: 'a test',
    asOf: null,
    note: null,
    endsOn: null,
  };

  test('a million tokens in and a million out cost what the row says', () => {
    expect(costOf({ prompt: 1_000_000, completion: 0 }, price)).toBe(2.5);
    expect(costOf({ prompt: 0, completion: 1_000_000 }, price)).toBe(10);
    expect(costOf({ prompt: 340, completion: 290 }, price)).toBeCloseTo(0.00375, 10);
  });

  test('is unknown, never 0, where the price is', () => {
    expect(costOf({ prompt: 10, completion: 10 }, null)).toBeNull();
    expect(costOf({ prompt: 0, completion: 0 }, null)).toBeNull();
  });

  test('grows with every token', () => {
    const tokens = fc.nat(10_000_000);
    fc.assert(
      fc.property(tokens, tokens, (prompt, completion) => {
        const cost = costOf({ prompt, completion }, price) ?? Number.NaN;
        expect(costOf({ prompt: prompt + 1, completion }, price)).toBeGreaterThan(cost);
        expect(costOf({ prompt, completion: completion + 1 }, price)).toBeGreaterThan(cost);
      }),
    );
  });
});
