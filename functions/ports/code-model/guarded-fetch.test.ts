import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ModelServer, says, startModelServer } from './fixtures/model-server.ts';
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';

/** A name server that says what a test wants; the last answer is given from then on. */
function resolving(...answers: string[][]): LookupFunction & { asked: number } {
  const lookup: LookupFunction & { asked: number } = Object.assign(
    ((_, options, callback) => {
      const answer = answers[Math.min(lookup.asked, answers.length - 1)] ?? [];
      lookup.asked += 1;
      const found = answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (options.all) callback(null, found);
      else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
    }) as LookupFunction,
    { asked: 0 },
  );
  return lookup;
}

describe('guarded fetch', () => {
  let server: ModelServer;
  let port: string;
  beforeAll(async () => {
    server = await startModelServer((request) =>
      request.path === '/away' ? { status: 302, headers: { location: '/elsewhere' } } : says('x'),
    );
    port = new URL(server.baseUrl).port;
  });
  afterAll(() => server.close());

  const get = async (url: string, options: Partial<GuardedFetchOptions> = {}) => {
    const fetch = createGuardedFetch({ isLoopbackAllowed: false, isHttpAllowed: true, ...options });
    const response = await fetch(url, { method: 'GET', headers: {}, signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response;
  };
  const refusal = (host: string, rule: string) => ({
    name: 'AddressForbiddenError',
    message: `The model's server at ${host} may not be called: ${rule}.`,
  });
  const own = 'loopback and private networks may not be called from here';

  it.each([
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '0.0.0.0',
    '10.0.0.1',
    '[fd00::1]',
  ])('does not call %s from a shared machine', async (host) => {
    const asked = server.requests.length;
    const url = new URL(`http://${host}:${port}/v1`);

    await expect(get(url.href)).rejects.toMatchObject(refusal(url.host, own));
    expect(server.requests).toHaveLength(asked);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'link-local addresses are never called'],
    ['http://[::ffff:169.254.169.254]/', 'link-local addresses are never called'],
    ['http://168.63.129.16/metadata', "a cloud's metadata service is never called"],
    ['http://[fd00:ec2::254]/', "a cloud's metadata service is never called"],
    ['http://100.100.100.200/', "a cloud's metadata service is never called"],
    ['ftp://8.8.8.8/', 'only https may be called from here'],
    ['file:///etc/passwd', 'only https may be called from here'],
    ['http://user@8.8.8.8/', 'an address may hold no user name'],
  ])('does not call %s even from the own machine', async (url, rule) => {
    await expect(get(url, { isLoopbackAllowed: true })).rejects.toMatchObject(
      refusal(new URL(url).host, rule),
    );
  });

  it('calls the own machine where that is allowed, by address and by name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '2130706433']) {
      expect((await get(`http://${host}:${port}/v1`, { isLoopbackAllowed: true })).status).toBe(200);
    }
  });

  it('calls nothing without TLS where that is not allowed', async () => {
    const options = { isLoopbackAllowed: true, isHttpAllowed: false };

    await expect(get(`http://127.0.0.1:${port}/v1`, options)).rejects.toMatchObject(
      refusal(`127.0.0.1:${port}`, 'only https may be called from here'),
    );
  });

  it.each([
    [['127.0.0.1'], own],
    [['::1'], own],
    [['::ffff:127.0.0.1'], own],
    [['10.1.2.3', 'fd00::1'], own],
    [['169.254.169.254'], 'link-local addresses are never called'],
    [['168.63.129.16'], "a cloud's metadata service is never called"],
  ])('does not call a name that resolves to %j, and does not tell to what', async (addresses, rule) => {
    const asked = server.requests.length;

    const call = get(`http://model.example:${port}/v1`, { lookup: resolving(addresses) });

    await expect(call).rejects.toMatchObject(refusal(`model.example:${port}`, rule));
    expect(server.requests).toHaveLength(asked);
  });

  it('leaves out the forbidden ones of several addresses', async () => {
    const lookup = resolving(['169.254.169.254', '127.0.0.1']);

    const response = await get(`http://model.example:${port}/v1`, { isLoopbackAllowed: true, lookup });

    expect(response.status).toBe(200);
  });

  it('checks the socket that stands, whatever the name resolved to', async () => {
    // The system resolver lies to everybody but the check: the address is one, the connection another.
    const lookup: LookupFunction = (_, options, callback) => {
      const lie = {
        family: 4,
        get address() {
          lies += 1;
          return lies === 1 ? '8.8.8.8' : '127.0.0.1';
        },
      };
      let lies = 0;
      if (options.all) callback(null, [lie]);
    };
    const asked = server.requests.length;

    await expect(get(`http://model.example:${port}/v1`, { lookup })).rejects.toMatchObject(
      refusal(`model.example:${port}`, own),
    );
    expect(server.requests).toHaveLength(asked);
  });

  it('resolves a name again for each connection, and checks it each time', async () => {
    const lookup = resolving(['127.0.0.1'], ['169.254.169.254']);
    const fetch = createGuardedFetch({ isLoopbackAllowed: true, isHttpAllowed: true, lookup });
    const call = async (name: string) => {
      const request = { method: 'GET' as const, headers: {}, signal: AbortSignal.timeout(5000) };
      const response = await fetch(`http://${name}:${port}/v1`, request);
      await response.body?.cancel();
      return response.status;
    };

    expect(await call('first.example')).toBe(200);
    await expect(call('second.example')).rejects.toMatchObject({ name: 'AddressForbiddenError' });
    expect(lookup.asked).toBe(2);
  });

  it('gives a redirect back and follows none', async () => {
    const response = await get(`http://127.0.0.1:${port}/away`, { isLoopbackAllowed: true });

    expect(response.status).toBe(302);
    expect(server.requests.map(({ path }) => path)).not.toContain('/elsewhere');
  });

  it('asks for an answer that is not compressed', async () => {
    await get(`http://127.0.0.1:${port}/v1`, { isLoopbackAllowed: true });

    expect(server.requests.at(-1)?.headers['accept-encoding']).toBe('identity');
  });
});
