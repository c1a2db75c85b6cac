import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ForbiddenError } from '#domain/errors.ts';
import { memoryServices } from './fixtures/memory-services.ts';
import { eventOf } from './fixtures/requests.ts';
import { type ApiOptions, createApiHandler } from './handler.ts';
import { allowedMethods, listRoutes } from './routes.ts';

const RUN = '0'.repeat(32);
const ADDRESSES = listRoutes().map((entry) => ({
  ...entry,
  address: entry.path.replace(/\{(?:runId|shareId)\}/, RUN).replace('{token}', `${RUN}ABCDEFGHIJ-`),
}));

const forAlice: ApiOptions = { callerOf: () => ({ owner: 'alice', payer: 'alice' }) };

function handlerFor(options: ApiOptions = forAlice) {
  return createApiHandler(memoryServices().services, options);
}

describe('the routes', () => {
  it.each(ADDRESSES)('$method $path has an answer of its own', async ({ method, address }) => {
    const { statusCode } = await handlerFor()(eventOf(`${method} ${address}`));

    // Of the run that is not there, the body that is missing, or what was asked for; never of the address.
    expect(address.includes(RUN) ? [404, 415] : [200, 415]).toContain(statusCode);
    expect(allowedMethods(address)).toContain(method);
  });

  it.each(ADDRESSES)('$method $path asks for the owner unless it is for anyone', async (entry) => {
    const handler = handlerFor({
      callerOf: () => {
        throw new ForbiddenError('There is no such key.');
      },
    });

    const { statusCode } = await handler(eventOf(`${entry.method} ${entry.address}`));

    expect(statusCode === 403).toBe(entry.route.access === 'owner');
  });

  it.each([...new Set(ADDRESSES.map(({ address }) => address))])(
    'other methods at %s are told which there are',
    async (address) => {
      const allowed = allowedMethods(address);

      for (const method of ['PUT', 'PATCH', 'TRACE', 'PROPFIND', 'get', '__proto__']) {
        const { statusCode, headers } = await handlerFor()(eventOf(`${method} ${address}`));
        expect([statusCode, headers?.allow]).toEqual([405, allowed.join(', ')]);
      }
    },
  );

  it('answers OPTIONS without a permission for other origins', async () => {
    const { statusCode, headers } = await handlerFor()(
      eventOf('OPTIONS /v1/runs', {
        headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
      }),
    );

    expect([statusCode, headers?.allow]).toEqual([204, 'POST, GET, HEAD, OPTIONS']);
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers HEAD as GET without the body', async () => {
    const handler = handlerFor();

    const found = await handler(eventOf('HEAD /v1/runs'));
    const missing = await handler(eventOf('HEAD /v1/nothing'));

    expect([found.statusCode, found.headers?.['content-type'], found.body]).toEqual([
      200,
      'application/json',
      '',
    ]);
    expect([missing.statusCode, missing.body]).toEqual([404, '']);
  });

  it.each([
    '/',
    '',
    '/v1',
    '/v1/run',
    '/v2/runs',
    '//v1/runs',
    '/v1/runs/a/b/c',
    '/v1/runs/../health',
    '/__proto__',
  ])('knows no address %s', async (path) => {
    const { statusCode, headers } = await handlerFor()(eventOf(`GET ${path}`));

    expect([statusCode, headers?.['content-type']]).toEqual([404, 'application/problem+json']);
    expect(allowedMethods(path)).toEqual([]);
  });

  it('puts the security headers on every answer', async () => {
    const handler = handlerFor();

    for (const line of [
      'GET /v1/runs',
      'GET /nothing',
      'PUT /v1/runs',
      'OPTIONS /v1/runs',
      'POST /v1/runs',
    ]) {
      const { headers } = await handler(eventOf(line));
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
    }
  });
});

describe('any request', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', '%00', '..'),
  );
  const path = fc.oneof(
    fc.constantFrom(...ADDRESSES.map(({ address }) => address)),
    word.map((text) => `/v1/runs/${text}`),
    fc.webPath(),
    word,
  );
  const document = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        code: fc.string({ unit: 'binary' }),
        prompt: fc.string({ unit: 'binary' }),
        path: word,
        settings: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(word, fc.jsonValue()).map((extra) => ({ code: 'x = 1', ...extra })),
  );
  const body = fc.oneof(
    document.map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
    fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth)),
    fc.constant(null),
  );
  const contentType = fc.oneof(fc.constantFrom('application/json', 'application/json; charset=utf-8'), word);
  const headers = fc
    .tuple(
      contentType,
      fc.dictionary(fc.constantFrom('Accept', 'idempotency-key', 'sgcode-model-key', 'x', '__proto__'), word),
    )
    .map(([type, others]) => ({ ...others, 'content-type': type }));
  const method = fc.oneof(
    fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT'),
    word.filter((text) => text !== ''),
  );
  const query = fc.dictionary(fc.oneof(fc.constantFrom('limit', 'cursor', 'format'), word), word);

  it('is answered, and never as a fault of ours while the ports work', async () => {
    const handler = handlerFor();

    await fc.assert(
      fc.asyncProperty(method, path, headers, query, body, fc.boolean(), async (...parts) => {
        const [httpMethod, where, sent, parameters, text, isBase64Encoded] = parts;
        const {
          statusCode,
          headers: answered,
          body: answer,
        } = await handler({
          httpMethod,
          path: where,
          headers: sent,
          queryStringParameters: parameters,
          body: isBase64Encoded && text !== null ? Buffer.from(text).toString('base64') : text,
          isBase64Encoded,
          requestContext: { requestId: 'r' },
        });

        expect(statusCode).toBeLessThan(500);
        if (httpMethod === 'HEAD' || statusCode === 204) return expect(answer).toBe('');
        expect(answered?.['content-type']).toBe(
          statusCode < 400 ? 'application/json' : 'application/problem+json',
        );
        expect(() => JSON.parse(answer)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
