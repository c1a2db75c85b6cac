import { afterEach, describe, expect, it } from '@jest/globals';
import { ModelSettingsSchema } from '#domain/model-settings.ts';
import type { CodeModel, ModelRequest } from './code-model.ts';
import {
  fails,
  type ModelServer,
  offers,
  type ScriptedAnswer,
  says,
  startModelServer,
} from './fixtures/model-server.ts';

const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Repair the code.' },
    { role: 'user', content: 'eval(x)' },
  ],
  maxTokens: 100,
};

/** What every code model promises that calls servers; each adapter runs it over a server of its own for each test. */
export function describeCodeModel(name: string, open: () => Promise<CodeModel>): void {
  let server: ModelServer | undefined;
  afterEach(() => server?.close());

  const serve = async (
    answer: ScriptedAnswer,
    { template = 'chat', apiKey = null as string | null } = {},
  ) => {
    server = await startModelServer(() => answer);
    const settings = ModelSettingsSchema.parse({ name: 'tiny', baseUrl: server.baseUrl, template });
    const codeModel = await open();
    return {
      requests: server.requests,
      complete: (signal?: AbortSignal) => codeModel.complete(request, { settings, apiKey }, signal),
      list: () => codeModel.list({ baseUrl: settings.baseUrl, apiKey }),
    };
  };

  describe(`${name}, as any code model`, () => {
    it('gives back what the model said, how it ended and what it took', async () => {
      const { complete } = await serve(says('ast.literal_eval(x)', { prompt: 12, completion: 5 }));

      expect(await complete()).toEqual({
        text: 'ast.literal_eval(x)',
        finish: 'stop',
        tokens: { prompt: 12, completion: 5, estimated: false },
        ms: expect.any(Number),
      });
    });

    it('asks once, with the messages and the limit', async () => {
      const { complete, requests } = await serve(says('x'));

      await complete();

      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatchObject({
        path: '/v1/chat/completions',
        body: { model: 'tiny', messages: request.messages, max_tokens: 100 },
      });
    });

    it('renders the template of SafeCoder for a plain completion', async () => {
      const { complete, requests } = await serve(says('x'), { template: 'safecoder' });

      expect(await complete()).toMatchObject({ text: 'x' });
      expect(requests[0]?.path).toBe('/v1/completions');
      expect(requests[0]?.body).toMatchObject({ model: 'tiny', max_tokens: 100, stop: ['### Instruction:'] });
      expect(requests[0]?.body.prompt).toContain(
        '### Instruction:\nRepair the code.\n\n### Input:\neval(x)\n\n### Response:\n',
      );
    });

    it('sends the key in its header, and none without one', async () => {
      const with1 = await serve(says('x'), { apiKey: 'sk-1' });
      await with1.complete();
      await server?.close();
      const without = await serve(says('x'));
      await without.complete();

      expect(with1.requests[0]?.headers.authorization).toBe('Bearer sk-1');
      expect(without.requests[0]?.headers.authorization).toBeUndefined();
    });

    it('counts itself where the server does not', async () => {
      const { complete } = await serve(says('one two three'));

      expect((await complete()).tokens).toMatchObject({ completion: 3, estimated: true });
    });

    it.each([
      ['length', 'length'],
      ['content_filter', 'filtered'],
      ['eos', 'other'],
    ])('tells that an answer ended by %s', async (reason, finish) => {
      const { complete } = await serve(says('x', undefined, reason));

      expect(await complete()).toMatchObject({ text: 'x', finish });
    });

    it.each([
      [429, 'ModelBusyError'],
      [503, 'ModelBusyError'],
      [401, 'ModelRefusedError'],
      [404, 'ModelRefusedError'],
    ])('rejects a status %s with %s and does not try again', async (status, name) => {
      const { complete, requests } = await serve(fails(status, { message: 'from the server' }));

      await expect(complete()).rejects.toMatchObject({
        name,
        message: expect.not.stringContaining('from the server'),
      });
      expect(requests).toHaveLength(1);
    });

    it('ends with the reason of the caller who gives up', async () => {
      const { complete } = await serve({ isSilent: true });
      const reason = new Error('enough');
      const stop = new AbortController();
      setTimeout(() => stop.abort(reason), 20);

      await expect(complete(stop.signal)).rejects.toBe(reason);
    });

    it('lists what the server offers', async () => {
      const { list } = await serve(offers('tiny', 'large'));

      expect(await list()).toEqual(['tiny', 'large']);
    });
  });
}
