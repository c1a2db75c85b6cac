import { afterEach, describe, expect, it } from '@jest/globals';
import { ModelSettingsSchema } from '#domain/model-settings.ts';
import { describeCodeModel } from './code-model.contract.ts';
import type { ModelRequest } from './code-model.ts';
import {
  fails,
  type ModelServer,
  offers,
  type ScriptedAnswer,
  type SeenRequest,
  says,
  startModelServer,
} from './fixtures/model-server.ts';
import { createOpenAiCodeModel, type OpenAiCodeModelOptions } from './openai-code-model.ts';

const local = { isLoopbackAllowed: true, isHttpAllowed: true };

describeCodeModel('the OpenAI code model', async () => createOpenAiCodeModel(local));

describe('the OpenAI code model', () => {
  let server: ModelServer | undefined;
  const environment = { ...process.env };
  afterEach(async () => {
    process.env = { ...environment };
    await server?.close();
  });

  const request: ModelRequest = { messages: [{ role: 'user', content: 'hi' }], maxTokens: 50 };
  const serve = async (
    answer: (request: SeenRequest) => ScriptedAnswer,
    options: Partial<OpenAiCodeModelOptions> = {},
  ) => {
    server = await startModelServer(answer);
    const { baseUrl, requests } = server;
    const codeModel = createOpenAiCodeModel({ ...local, ...options });
    const complete = (more: Partial<ModelRequest> = {}, apiKey: string | null = null) =>
      codeModel.complete(
        { ...request, ...more },
        { settings: ModelSettingsSchema.parse({ name: 'tiny', baseUrl }), apiKey },
      );
    return { codeModel, baseUrl, requests, complete };
  };

  it('asks for the same answer each time, and sends nothing else', async () => {
    const { complete, requests } = await serve(() => says('x'));

    await complete();

    expect(requests[0]?.body).toEqual({
      model: 'tiny',
      messages: request.messages,
      max_tokens: 50,
      temperature: 0,
      seed: 1,
    });
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/stainless|openai|cookie|authorization/)]),
    );
  });

  it('holds the answer to a schema only where the server is known to', async () => {
    const jsonSchema = { name: 'answer', schema: { type: 'object' } };
    const row = {
      tokenLimit: 'max_tokens',
      temperature: true,
      seed: true,
      jsonSchema: true,
      usage: false,
    } as const;
    const profiles = [{ name: 'here', host: /^127/, model: /tiny/, profile: row }];

    const plain = await serve(() => says('x', { prompt: 3, completion: 3 }));
    await plain.complete({ jsonSchema });
    await server?.close();
    const known = await serve(() => says('x', { prompt: 3, completion: 3 }), { profiles });
    const reply = await known.complete({ jsonSchema });

    expect(plain.requests[0]?.body).not.toHaveProperty('response_format');
    expect(known.requests[0]?.body.response_format).toEqual({
      type: 'json_schema',
      json_schema: { ...jsonSchema, strict: true },
    });
    expect(reply.tokens.estimated).toBe(true);
  });

  it('reads nothing from the environment', async () => {
    const elsewhere = await startModelServer(() => says('proxy'));
    const to = new URL(elsewhere.baseUrl).origin;
    Object.assign(process.env, {
      OPENAI_API_KEY: 'sk-environment',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_BASE_URL: elsewhere.baseUrl,
      OPENAI_ORG_ID: 'org-environment',
      OPENAI_PROJECT_ID: 'project-environment',
      OPENAI_CUSTOM_HEADERS: 'x-environment: 1\nauthorization: Bearer sk-environment',
      OPENAI_LOG: 'debug',
      HTTP_PROXY: to,
      http_proxy: to,
      ALL_PROXY: to,
      NODE_USE_ENV_PROXY: '1',
    });
    const { complete, requests } = await serve(() => says('x'));

    expect(await complete()).toMatchObject({ text: 'x' });

    expect(elsewhere.requests).toEqual([]);
    expect(JSON.stringify(requests)).not.toMatch(/environment|sk-|project/);
    await elsewhere.close();
  });

  it('takes text in parts, and leaves thoughts out', async () => {
    const message = {
      role: 'assistant',
      reasoning_content: 'I think',
      content: [
        { type: 'thinking', thinking: [] },
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    };
    const { complete } = await serve(() => ({ body: { choices: [{ message, finish_reason: 'stop' }] } }));

    expect(await complete()).toMatchObject({ text: 'ab', finish: 'stop' });
  });

  it('replaces half characters and NUL', async () => {
    const { complete } = await serve(() => says('a\ud800b\0c'));

    expect((await complete()).text).toBe('a\ufffdb\ufffdc');
  });

  it.each([
    ['negative', { prompt: -5, completion: 3 }],
    ['huge', { prompt: 5, completion: 1e12 }],
    ['no whole number', { prompt: 5.5, completion: 3 }],
    ['nothing for a text', { prompt: 5, completion: 0 }],
    ['no number', { prompt: 'many' as never, completion: 3 }],
  ])('does not believe a count that is %s', async (_, usage) => {
    const { complete } = await serve(() => says('one two three', usage));

    expect((await complete()).tokens).toEqual({ prompt: 1, completion: 3, estimated: true });
  });

  it('learns once what a server does not take, and remembers it', async () => {
    const { complete, requests } = await serve(({ body }) =>
      'max_tokens' in body
        ? fails(400, {
            code: 'unsupported_parameter',
            param: 'max_tokens',
            message:
              "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          })
        : says('x'),
    );

    await complete();
    await complete();

    const bodies = requests.map(({ body: { messages, model, ...rest } }) => rest);
    expect(bodies).toEqual([
      { max_tokens: 50, temperature: 0, seed: 1 },
      { max_completion_tokens: 50 },
      { max_completion_tokens: 50 },
    ]);
  });

  it('asks at most twice, and says that the next call will do better', async () => {
    const { complete, requests } = await serve(({ body }) => {
      const [param] = ['seed', 'temperature'].filter((field) => field in body);
      return param ? fails(400, { code: 'unsupported_value', param }) : says('x');
    });

    await expect(complete()).rejects.toMatchObject({ name: 'ModelBusyError', retryAfterSeconds: 0 });
    expect(requests).toHaveLength(2);
    expect(await complete()).toMatchObject({ text: 'x' });
    expect(requests).toHaveLength(3);
  });

  it.each([['sk-one two three'], ['sk-1234\n'], [''], ['schlüssel']])(
    'does not send a key such as %j',
    async (key) => {
      const { complete, requests } = await serve(() => says('x'));

      await expect(complete({}, key)).rejects.toMatchObject({
        name: 'ModelRefusedError',
        message: expect.stringContaining('--api-key-env'),
      });
      expect(requests).toEqual([]);
    },
  );

  it('lists at most 200 models, with printable names, each once', async () => {
    const many = Array.from({ length: 300 }, (_, n) => `model-${n}`);
    const { codeModel, baseUrl } = await serve(() => offers('a b', 'x\u202ey', '', 'model-0', ...many));

    const names = await codeModel.list({ baseUrl, apiKey: null });

    expect(names).toHaveLength(200);
    expect(names).toEqual(many.slice(0, 200));
  });
});
