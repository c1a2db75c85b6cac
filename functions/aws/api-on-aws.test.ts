import { describe, expect, it } from '@jest/globals';
import { memoryServices } from '#api/fixtures/memory-services.ts';
import { createApiHandler } from '#api/handler.ts';
import { defaultLimits } from '#api/quotas.ts';
import { QuotaExceededError, StoreUnavailableError } from '#domain/errors.ts';
import type { Quota } from '#ports/quota/quota.ts';
import { awsCallerOf } from './callers/aws-caller.ts';

const SECRET = 'c'.repeat(40);

/** Counts in memory, one window for ever. */
function memoryQuota() {
  const taken = new Map<string, number>();
  const quota: Quota = {
    reserve: async ({ owner, counter, limit, units = 1 }) => {
      const now = taken.get(`${counter} ${owner}`) ?? 0;
      if (now + units > limit) throw new QuotaExceededError(`There are ${limit} a day.`, 60);
      taken.set(`${counter} ${owner}`, now + units);
      return { owner, counter, windowStart: 0, units };
    },
    release: async ({ owner, counter, units }) => {
      taken.set(`${counter} ${owner}`, (taken.get(`${counter} ${owner}`) ?? 0) - units);
    },
  };
  return { quota, taken };
}

function setUp(change: (services: ReturnType<typeof memoryServices>['services']) => object = () => ({})) {
  const memory = memoryServices();
  const { quota, taken } = memoryQuota();
  const handler = createApiHandler(
    { ...memory.services, ...change(memory.services) },
    {
      callerOf: awsCallerOf({ pageKeyId: 'page', sessionSecret: async () => SECRET }),
      quotas: { quota, limits: { ...defaultLimits, runs: { limit: 2, windowSeconds: 86_400 } } },
    },
  );
  const send = async (
    method: string,
    path: string,
    {
      key = 'key-1',
      headers = {},
      body,
    }: { key?: string; headers?: Record<string, string>; body?: unknown } = {},
  ) => {
    const answer = await handler({
      httpMethod: method,
      path,
      headers: { 'content-type': 'application/json', ...headers },
      queryStringParameters: null,
      body: body === undefined ? null : JSON.stringify(body),
      requestContext: { requestId: 'r', identity: { apiKeyId: key } },
    });
    return {
      status: answer.statusCode,
      headers: answer.headers ?? {},
      body: JSON.parse(answer.body || 'null'),
    };
  };
  return { ...memory, send, taken };
}

const page = { origin: 'https://d1.example', 'sgcode-page-host': 'd1.example', 'sgcode-viewer': '192.0.2.1' };
const code = { code: 'x = 1\n' };

describe('the API on AWS', () => {
  it("keeps a browser's runs for its session, which its first request is given", async () => {
    const { send } = setUp();

    const made = await send('POST', '/v1/runs', { key: 'page', headers: page, body: code });
    const cookie = String(made.headers['set-cookie']).split(';')[0] ?? '';
    const list = (headers: Record<string, string>, key = 'page') =>
      send('GET', '/v1/runs', { key, headers: { ...page, ...headers } });

    expect(made.status).toBe(202);
    expect((await list({ cookie })).body.runs).toHaveLength(1);
    expect((await list({})).body.runs).toEqual([]);
    expect((await list({ cookie }, 'key-1')).body.runs).toEqual([]);
  });

  it('answers a request without a key, and one of another site, with 403', async () => {
    const { send } = setUp();

    const elsewhere = { ...page, origin: 'https://evil.example' };

    expect((await send('GET', '/v1/runs', { key: '' })).status).toBe(403);
    expect((await send('POST', '/v1/runs', { key: 'page', headers: elsewhere, body: code })).status).toBe(
      403,
    );
  });

  it('answers 429 over the quota, and stores and launches nothing then', async () => {
    const { send, launched } = setUp();
    for (let count = 0; count < 2; count += 1) await send('POST', '/v1/runs', { body: code });

    const over = await send('POST', '/v1/runs', { body: code });

    expect(over).toMatchObject({ status: 429, body: { status: 429 }, headers: { 'retry-after': '60' } });
    expect(launched).toHaveLength(2);
    expect((await send('GET', '/v1/runs')).body.runs).toHaveLength(2);
    expect((await send('POST', '/v1/runs', { key: 'key-2', body: code })).status).toBe(202);
  });

  it('counts a request that is sent again once', async () => {
    const { send, taken } = setUp();
    const headers = { 'idempotency-key': 'one' };

    const first = await send('POST', '/v1/runs', { headers, body: code });
    const again = await send('POST', '/v1/runs', { headers, body: code });

    expect(again.body.id).toBe(first.body.id);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(taken.get('runs key:key-1')).toBe(1);
  });

  it.each([
    ['could not be launched', code, 503],
    ['was wrong', { code: 1 }, 400],
  ])('gives back what a request took that %s', async (_, body, status) => {
    const { send, taken } = setUp(() => ({
      runLauncher: { launch: () => Promise.reject(new StoreUnavailableError('no')) },
    }));

    expect((await send('POST', '/v1/runs', { body })).status).toBe(status);
    expect(taken.get('runs key:key-1')).toBe(0);
  });

  it('counts the sessions of one viewer together', async () => {
    const { send } = setUp();
    const run = () => send('POST', '/v1/runs', { key: 'page', headers: page, body: code });

    expect([(await run()).status, (await run()).status, (await run()).status]).toEqual([202, 202, 429]);
  });

  it('counts what takes our time even when it fails', async () => {
    const { send, taken } = setUp();

    await send('POST', '/v1/analyses', { body: { code: 'x'.repeat(300_000) } });

    expect(taken.get('analyses key:key-1')).toBe(1);
  });
});
