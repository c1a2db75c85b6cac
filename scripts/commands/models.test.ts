import { afterEach, describe, expect, it } from '@jest/globals';
import {
  fails,
  type ModelServer,
  offers,
  type ScriptedAnswer,
  type SeenRequest,
  says,
  startModelServer,
} from '#ports/code-model/fixtures/model-server.ts';
import { createOpenAiCodeModel } from '#ports/code-model/openai-code-model.ts';
import { createProfileMemory } from '#ports/code-model/profile-memory.ts';
import type { ModelAccess } from './command-context.ts';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { type ModelsOptions, models } from './models.ts';

const CANARY = 'sk-canary-7f3a91';
const open: ModelServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

type Answer = (request: SeenRequest) => ScriptedAnswer;

async function start(answer: Answer): Promise<ModelServer> {
  const server = await startModelServer((request) =>
    request.method === 'GET' ? offers('alpha', 'gpt-4o-mini') : answer(request),
  );
  open.push(server);
  return server;
}

/** The real adapter, over servers on loopback. */
async function run(
  options: ModelsOptions,
  { local = [], env = {} }: { local?: ModelServer[]; env?: Record<string, string> } = {},
) {
  const memory = createProfileMemory();
  const codeModel = createOpenAiCodeModel({ isLoopbackAllowed: true, isHttpAllowed: true, memory });
  const access: ModelAccess = {
    ...codeModel,
    findLocalServers: async () =>
      local.map(({ baseUrl }) => ({ name: 'Ollama', baseUrl, models: ['alpha', 'gpt-4o-mini'] })),
    learned: (host, model) => memory.lessonFor(host, model),
  };
  const { context, written } = testContext('/', testEngine().openEngine, false, { models: access, env });
  const code = await models(options, context);
  expect(JSON.stringify(written)).not.toContain(CANARY);
  return { code, ...written };
}

const works: Answer = () => says('1 + 1', { prompt: 21, completion: 5 });

describe('models', () => {
  it('lists servers, models and prices with their date, and asks no model', async () => {
    const server = await start(works);
    const { code, stdout } = await run({}, { local: [server] });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Ollama at http:\/\/127\.0\.0\.1:\d+\/v1\n {2}alpha {2}price unknown\n {2}gpt-4o-mini {2}\$0\.15 in, \$0\.6 out per million tokens, read 20\d\d-\d\d/,
    );
    expect(server.requests).toHaveLength(0);
  });

  it('says what to do where there is none', async () => {
    const { code, stdout } = await run({});
    expect(code).toBe(1);
    expect(stdout).toContain('OPENAI_API_KEY is not set');
    expect(stdout).toContain('name one with --base-url');
  });

  it('tests with one call of at most 16 tokens, and says tokens and time', async () => {
    const server = await start(works);
    const { code, stdout } = await run(
      { baseUrl: server.baseUrl, model: 'alpha', apiKeyEnv: 'K', test: true },
      { env: { K: CANARY } },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ alpha: answers: 21 in, 5 out, \d/);
    const asked = server.requests.filter(({ method }) => method === 'POST');
    expect(asked).toMatchObject([
      { body: { model: 'alpha', max_tokens: 16 }, headers: { authorization: `Bearer ${CANARY}` } },
    ]);
  });

  it('says what was learned of a server', async () => {
    const server = await start(({ body }) =>
      'seed' in body
        ? fails(400, { code: 'unsupported_parameter', param: 'seed' })
        : says('2', { prompt: 1, completion: 1 }),
    );
    const { stdout } = await run({ baseUrl: server.baseUrl, test: true, model: 'alpha' });
    expect(stdout).toContain('learned that it takes no seed');
  });

  it('names each failure in one line, with what to do, and nothing of what the server said', async () => {
    const bad = await start(() => fails(401, { message: `wrong key ${CANARY} secret-words` }));
    const { code, stdout } = await run(
      { baseUrl: bad.baseUrl, model: 'alpha', test: true, apiKeyEnv: 'K' },
      { env: { K: CANARY } },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {2}✗ alpha: .*\(401\).*--api-key-env.*\n$/);
    expect(stdout).not.toContain('secret-words');
  });

  it('works when any works', async () => {
    const [good, bad] = [await start(works), await start(() => fails(404))];
    const { code, stdout } = await run({ test: true }, { local: [bad, good] });
    expect(code).toBe(0);
    expect(stdout).toMatch(/✗ gpt-4o-mini: [\s\S]*✓ gpt-4o-mini: answers/);
  });

  it('lists nothing of a server that does not answer, and says why', async () => {
    const server = await start(works);
    await server.close();
    const { code, stdout } = await run({ baseUrl: server.baseUrl });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Server at .*\n {2}✗ .+\n$/);
  });

  it('says where the named model is not offered', async () => {
    const server = await start(works);
    const { code, stdout } = await run({ model: 'beta' }, { local: [server] });
    expect([code, stdout]).toEqual([1, expect.stringContaining('beta is not among its 2 models')]);
  });

  it('refuses a password in the address without repeating it', async () => {
    await expect(run({ baseUrl: `http://u:${CANARY}@h/v1` })).rejects.toThrow(/^--base-url: It takes/);
  });
});
