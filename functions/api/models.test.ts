import { describe, expect, it } from '@jest/globals';
import { KnownModelsSchema, ModelTestSchema } from '#domain/known-models.ts';
import { api } from './fixtures/api-under-test.ts';

const model = { name: 'gpt-5.1', baseUrl: 'https://api.openai.com/v1' };

describe('the models', () => {
  it('are those of the servers that were found, and those with a price', async () => {
    const { send } = api();

    const known = KnownModelsSchema.parse(JSON.parse((await send('GET /v1/models')).text));

    expect(known.servers).toEqual([
      { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: [{ name: 'tiny', price: null }] },
    ]);
    expect(known.prices.length).toBeGreaterThan(5);
    expect(known.prices.every(({ names, source }) => names.length > 0 && source !== '')).toBe(true);
  });

  it('can be tested with the key in the header, and with none', async () => {
    const { send } = api();
    const test = async (headers: Record<string, string>) =>
      ModelTestSchema.parse(
        JSON.parse((await send('POST /v1/models/test', { body: { model }, headers })).text),
      );

    const works = await test({ 'sgcode-model-key': 'right' });
    const refused = await test({ 'sgcode-model-key': 'wrong' });

    expect(works).toMatchObject({ isWorking: true, tokens: { prompt: 9, completion: 3 } });
    expect((await test({})).isWorking).toBe(true);
    expect(refused).toMatchObject({
      isWorking: false,
      message: 'The server does not take the key.',
      tokens: null,
    });
    expect(JSON.stringify([works, refused])).not.toMatch(/right|wrong/);
  });

  it('takes the key in no body, and nothing that is no address', async () => {
    const { problem } = api();

    const inBody = await problem('POST /v1/models/test', { body: { model, apiKey: 'k' } });
    const noAddress = await problem('POST /v1/models/test', {
      body: { model: { ...model, baseUrl: 'file:///x' } },
    });

    expect(inBody.errors?.[0]?.field).toBe('apiKey');
    expect(noAddress.errors?.[0]?.field).toBe('model.baseUrl');
  });
});
