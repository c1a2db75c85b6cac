import { describe, expect, it } from '@jest/globals';
import type { LocalServer } from '#ports/code-model/local-servers.ts';
import { chooseModels } from './chosen-models.ts';
import { type Surroundings, testContext, testEngine } from './fixtures/test-engine.ts';
import type { ModelOptions } from './model-options.ts';
import { UsageError } from './usage-error.ts';

const CANARY = 'sk-canary-7f3a91';
const ollama: LocalServer = {
  name: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  models: ['qwen2.5-coder:latest', 'gpt-oss:20b'],
};

async function choose(
  options: ModelOptions,
  { servers = [], env = {} }: { servers?: LocalServer[]; env?: Surroundings['env'] } = {},
) {
  let searches = 0;
  const models = {
    findLocalServers: async () => {
      searches += 1;
      return servers;
    },
  };
  const { context, written } = testContext('/', testEngine().openEngine, false, { models, env: env ?? {} });
  try {
    return { ...(await chooseModels(options, context)), told: written.stderr, searches, refused: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { models: null, apiKeys: null, told: written.stderr, searches, refused: error.message };
  }
}

describe('chooseModels', () => {
  it('chooses none where none is named, whatever keys are set', async () => {
    const { models, apiKeys, searches, told } = await choose({}, { env: { OPENAI_API_KEY: CANARY } });
    expect([models, apiKeys, searches, told]).toEqual([{ general: null, safecoder: null }, {}, 0, '']);
  });

  it('takes a server that is named, with the key of the variable that is named', async () => {
    const { models, apiKeys, told } = await choose(
      { model: 'm', baseUrl: 'https://host/v1/', apiKeyEnv: 'HOST_KEY' },
      { env: { HOST_KEY: CANARY, OPENAI_API_KEY: 'another' } },
    );
    expect(models?.general).toEqual({ name: 'm', baseUrl: 'https://host/v1', template: 'chat' });
    expect([apiKeys, told]).toEqual([{ general: CANARY }, '']);
  });

  it("hands OpenAI's key to OpenAI alone", async () => {
    const env = { OPENAI_API_KEY: CANARY };
    const open = await choose({ model: 'm', baseUrl: 'https://api.openai.com/v1' }, { env });
    expect(open.apiKeys).toEqual({ general: CANARY });
    for (const baseUrl of [
      'https://host/v1',
      'https://api.openai.com.evil.org/v1',
      'http://127.0.0.1:8000/v1',
    ]) {
      expect((await choose({ model: 'gpt-4o', baseUrl }, { env })).apiKeys).toEqual({});
    }
  });

  it('finds OpenAI for one of its names where a key is set, and says so', async () => {
    const env = { OPENAI_API_KEY: CANARY };
    for (const model of ['gpt-4.1-mini', 'o4-mini', 'gpt-5.2', 'chatgpt-4o-latest', 'ft:gpt-4o-mini:x::1']) {
      const { models, told, searches } = await choose({ model }, { env });
      expect([models?.general?.baseUrl, searches]).toEqual(['https://api.openai.com/v1', 0]);
      expect(told).toBe(`Using ${model} on OpenAI at https://api.openai.com/v1\n`);
    }
    const other = await choose({ model: 'gpt-oss:20b' }, { env, servers: [ollama] });
    expect(other.models?.general?.baseUrl).toBe(ollama.baseUrl);
    expect(other.apiKeys).toEqual({});
  });

  it('finds a server of this machine that offers the model, and names it', async () => {
    const { models, told } = await choose({ model: 'qwen2.5-coder' }, { servers: [ollama] });
    expect(models?.general).toEqual({
      name: 'qwen2.5-coder:latest',
      baseUrl: 'http://127.0.0.1:11434/v1',
      template: 'chat',
    });
    expect(told).toBe('Using qwen2.5-coder:latest on Ollama at http://127.0.0.1:11434/v1\n');
  });

  it('asks a SafeCoder model in its own form, unless told otherwise', async () => {
    const named = { safecoderModel: 'sc', safecoderBaseUrl: 'http://localhost:8000/v1' };
    expect((await choose(named)).models).toEqual({
      general: null,
      safecoder: { name: 'sc', baseUrl: 'http://localhost:8000/v1', template: 'safecoder' },
    });
    const chat = await choose({ ...named, safecoderTemplate: 'chat' });
    expect(chat.models?.safecoder?.template).toBe('chat');
  });

  it('says where a key would travel unencrypted', async () => {
    const env = { K: CANARY };
    const lan = await choose({ model: 'm', baseUrl: 'http://192.168.0.7:8000/v1', apiKeyEnv: 'K' }, { env });
    expect(lan.told).toBe('The key for m goes to 192.168.0.7:8000 unencrypted: it is no https address.\n');
    const own = await choose({ model: 'm', baseUrl: 'http://[::1]:8000/v1', apiKeyEnv: 'K' }, { env });
    expect(own.told).toBe('');
  });
});

describe('wrong usage', () => {
  const env = { K: CANARY, SPACED: `${CANARY} ${CANARY}`, EMPTY: '' };
  it.each<[string, ModelOptions, string]>([
    ['no server', { model: 'llama9' }, 'name one with --base-url, such as http://127.0.0.1:11434/v1.'],
    [
      'no server',
      { model: 'llama9' },
      'Ollama at http://127.0.0.1:11434/v1 offers qwen2.5-coder:latest, gpt-oss:20b',
    ],
    ['no server, a name of OpenAI', { model: 'gpt-4o' }, "For OpenAI's models set OPENAI_API_KEY."],
    [
      'no key for OpenAI',
      { model: 'm', baseUrl: 'https://api.openai.com/v1' },
      'set OPENAI_API_KEY, or name',
    ],
    [
      'a variable that is not set',
      { model: 'm', baseUrl: 'https://h/v1', apiKeyEnv: 'NONE' },
      'variable NONE is not set',
    ],
    [
      'an empty variable',
      { model: 'm', baseUrl: 'https://h/v1', apiKeyEnv: 'EMPTY' },
      'variable EMPTY is not set',
    ],
    [
      'no key in the variable',
      { model: 'm', baseUrl: 'https://h/v1', apiKeyEnv: 'SPACED' },
      'SPACED does not hold a key',
    ],
    [
      'a key in place of a name',
      { model: 'm', baseUrl: 'https://h/v1', apiKeyEnv: CANARY },
      'never the key itself',
    ],
    [
      'a password',
      { model: 'm', baseUrl: `https://u:${CANARY}@h/v1` },
      '--base-url: It takes an http or https address',
    ],
    [
      'a key in the query',
      { model: 'm', baseUrl: `https://h/v1?key=${CANARY}` },
      '--base-url: It takes an http',
    ],
    [
      'another scheme',
      { model: 'm', baseUrl: 'file:///etc' },
      '--base-url: It takes an http or https address',
    ],
    ['a name with spaces', { model: 'a b', baseUrl: 'https://h/v1' }, '--model: It takes 1 to 200 printable'],
    ['a server alone', { baseUrl: 'https://h/v1' }, '--base-url goes with --model'],
    ['a key alone', { safecoderApiKeyEnv: 'K' }, '--safecoder-api-key-env goes with --safecoder-model'],
    ['a template alone', { safecoderTemplate: 'chat' }, '--safecoder-template goes with --safecoder-model'],
  ])('is %s', async (_name, options, message) => {
    const { refused, told } = await choose(options, { env, servers: [ollama] });
    expect(refused).toContain(message);
    expect(`${refused}${told}`).not.toContain(CANARY);
  });
});
