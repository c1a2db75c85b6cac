import { afterEach, describe, expect, it } from '@jest/globals';
import {
  fails,
  type ModelServer,
  offers,
  type ScriptedAnswer,
  startModelServer,
} from './fixtures/model-server.ts';
import { findLocalServers, usualPlaces } from './local-servers.ts';

describe('finding servers on this machine', () => {
  const servers: ModelServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  const at = async (name: string, answer: ScriptedAnswer) => {
    const server = await startModelServer(() => answer);
    servers.push(server);
    return { name, port: Number(new URL(server.baseUrl).port), server };
  };

  it('names those that list models, and asks them without a key', async () => {
    const places = [
      await at('Ollama', offers('qwen3', 'gpt-oss:20b')),
      await at('vLLM', offers('safecoder')),
    ];

    expect(await findLocalServers({ places })).toEqual([
      { name: 'Ollama', baseUrl: places[0]?.server.baseUrl, models: ['qwen3', 'gpt-oss:20b'] },
      { name: 'vLLM', baseUrl: places[1]?.server.baseUrl, models: ['safecoder'] },
    ]);
    expect(places[0]?.server.requests).toMatchObject([{ method: 'GET', path: '/v1/models' }]);
    expect(places[0]?.server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('leaves out whatever else is there, and what does not answer in time', async () => {
    const closed = await at('closed', offers('x'));
    await closed.server.close();
    const places = [
      closed,
      await at('a web page', { body: '<html>', headers: { 'content-type': 'text/html' } }),
      await at('another API', { body: { data: 'x' } }),
      await at('no model', offers()),
      await at('asks for a key', fails(401)),
      await at('silent', { isSilent: true }),
    ];

    expect(await findLocalServers({ places, timeoutMs: 100 })).toEqual([]);
  });

  it('looks at the documented ports only', () => {
    expect(usualPlaces.map(({ port }) => port)).toEqual([11_434, 1234, 8080, 8000]);
  });
});
