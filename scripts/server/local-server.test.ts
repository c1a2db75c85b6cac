import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryServices } from '#api/fixtures/memory-services.ts';
import { StoreUnavailableError } from '#domain/errors.ts';
import { HOSTILE } from '#domain/fixtures/reports.ts';
import type { Failure } from '#middleware/problems.ts';
import { rawConnection, rawRequest } from './fixtures/raw-request.ts';
import { type LocalServer, type LocalServerOptions, serveLocally } from './local-server.ts';

const servers: LocalServer[] = [];

async function start(options: Partial<LocalServerOptions> = {}) {
  const memory = memoryServices();
  const failures: Failure[] = [];
  const server = await serveLocally(memory.services, {
    port: 0,
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  servers.push(server);
  const { url } = server;
  const host = `Host: ${new URL(url).host}`;
  const post = (body: string | Uint8Array<ArrayBuffer>, init: RequestInit = {}) =>
    fetch(`${url}/v1/runs`, {
      method: 'POST',
      body,
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });
  return { ...memory, failures, server, url, host, post };
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);

describe('serveLocally', () => {
  it('serves the API at its url', async () => {
    const { url, post } = await start();

    const created = await post(JSON.stringify({ code: 'naïve = 1\n', path: 'a.py' }));
    const found = await fetch(`${url}${created.headers.get('location')}`);

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(created.status).toBe(202);
    expect(await found.json()).toEqual(await created.json());
    expect(found.headers.get('cache-control')).toBe('no-store');
  });

  it('rejects with Node’s own error where the port is taken', async () => {
    const { url } = await start();

    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('listens on 127.0.0.1 alone, so that the same port of another address stays free', async () => {
    const { url } = await start();
    const other = createServer();

    other.listen(Number(new URL(url).port), '127.0.0.2');

    await expect(once(other, 'listening')).resolves.toEqual([]);
    other.close();
  });

  it.each([
    ['/v1/nothing', 'GET', 404],
    ['/nothing', 'GET', 404],
    ['/v1/runs', 'PUT', 405],
    ['/', 'POST', 405],
    ['/?cursor=x', 'GET', 400],
  ])('answers %s by %s with %d and a problem', async (path, method, status) => {
    const { url } = await start();

    const answer = await fetch(`${url}${path}`, { method });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status });
  });

  it('answers HEAD without a body and keeps the connection usable', async () => {
    const { url } = await start();

    for (const path of ['/', '/v1/runs', '/v1/health', '/nothing']) {
      const answer = await fetch(`${url}${path}`, { method: 'HEAD' });
      expect([answer.status, await answer.text()]).toEqual([path === '/nothing' ? 404 : 200, '']);
    }
  });
});

describe('the page of runs', () => {
  it('lists this machine’s runs, under a strict policy', async () => {
    const { url, post, finish } = await start();
    const { id } = (await (await post(JSON.stringify({ code: '', path: HOSTILE }))).json()) as { id: string };
    await finish(id);

    const answer = await fetch(url);
    const page = await answer.text();

    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'sha256-");
    expect(page).toContain(`/v1/runs/${id}/report?format=html`);
    expect(page).not.toContain('<script');
  });

  it('leads to older runs', async () => {
    const { url, post } = await start();
    for (let index = 0; index < 51; index += 1) await post('{"code":""}');

    const first = await (await fetch(url)).text();
    const older = /href="(\/\?cursor=[^"]*)"/.exec(first)?.[1];
    const second = await (await fetch(`${url}${older}`)).text();

    expect(first.match(/<tr>/g)).toHaveLength(51);
    expect(second.match(/<tr>/g)).toHaveLength(2);
  });

  it('fails as a problem, of which the server tells', async () => {
    const { url, services, failures } = await start();
    const error = new StoreUnavailableError('disk full');
    services.runStore.list = () => Promise.reject(error);

    const answer = await fetch(url);

    expect(answer.status).toBe(503);
    expect(failures.map((failure) => failure.error)).toEqual([error]);
  });
});

describe('pages of other origins', () => {
  it.each([
    ['a name that was made to point here', ['Host: evil.example:PORT'], 421],
    ['another port', ['Host: 127.0.0.1:1'], 421],
    ['no port', ['Host: 127.0.0.1'], 421],
    ['two hosts', ['Host: 127.0.0.1:PORT', 'Host: evil.example'], 421],
    ['another origin', ['Host: 127.0.0.1:PORT', 'Origin: https://evil.example'], 403],
    ['another port of this machine', ['Host: localhost:PORT', 'Origin: http://localhost:3000'], 403],
    ['an opaque origin', ['Host: 127.0.0.1:PORT', 'Origin: null'], 403],
    ['the same host by another scheme', ['Host: 127.0.0.1:PORT', 'Origin: https://127.0.0.1:PORT'], 403],
    ['the other name of this server', ['Host: 127.0.0.1:PORT', 'Origin: http://localhost:PORT'], 403],
    ['a cross-site request', ['Host: 127.0.0.1:PORT', 'Sec-Fetch-Site: cross-site'], 403],
    ['a same-site request', ['Host: localhost:PORT', 'Sec-Fetch-Site: same-site'], 403],
    ['this server by number', ['Host: 127.0.0.1:PORT', 'Origin: http://127.0.0.1:PORT'], 200],
    ['this server by name', ['Host: LocalHost:PORT', 'Origin: http://localhost:PORT'], 200],
    ['a typed address', ['Host: localhost:PORT', 'Sec-Fetch-Site: none'], 200],
    ['our own page', ['Host: localhost:PORT', 'Sec-Fetch-Site: same-origin'], 200],
  ])('%s', async (_name, headers, status) => {
    const { url, rows } = await start();
    const sent = [...headers.map((line) => line.replace('PORT', new URL(url).port)), 'Connection: close'];

    const listed = await rawRequest(url, ['GET /v1/runs HTTP/1.1', ...sent]);
    const page = await rawRequest(url, ['GET / HTTP/1.1', ...sent]);
    const body = '{"code": ""}';
    const length = `Content-Length: ${body.length}`;
    const post = ['POST /v1/runs HTTP/1.1', 'Content-Type: application/json', length];
    const created = await rawRequest(url, [...post, ...sent], body);

    expect([listed, page, created].map(statusOf)).toEqual([status, status, status === 200 ? 202 : status]);
    expect(rows).toHaveLength(status === 200 ? 1 : 0);
    expect([listed, page, created].join()).not.toMatch(/access-control-/i);
  });

  it('are refused a preflight too', async () => {
    const { url, host } = await start();

    const answer = await rawRequest(url, [
      'OPTIONS /v1/runs HTTP/1.1',
      host,
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
      'Connection: close',
    ]);

    expect(statusOf(answer)).toBe(403);
    expect(answer).not.toMatch(/access-control-/i);
  });
});

describe('hostile requests', () => {
  it.each([
    ['wrong JSON', '{"code": ', 'application/json', 400],
    ['an empty body', '', 'application/json', 400],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'application/json', 400],
    ['a form', 'code=1', 'application/x-www-form-urlencoded', 415],
    ['text, which a page may send anywhere', '{"code": ""}', 'text/plain', 415],
    ['a deep body', '['.repeat(100_000), 'application/json', 413],
    ['a large body', `{"code": "${'a'.repeat(1_300_000)}"}`, 'application/json', 413],
  ])('%s', async (_name, body, type, status) => {
    const { post, rows } = await start();

    const answer = await post(body, { headers: { 'content-type': type } });

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status });
    expect(rows).toHaveLength(0);
  });

  it.each([
    '/v1/runs/../../etc/passwd',
    '/v1/runs/%2e%2e%2f%2e%2e%2fetc%2fpasswd/report',
    '/v1/runs/%00/report',
    '/v1/runs/%/report',
    '/v1/runs/%c0%ae/report',
    '/%ff%fe',
    '//evil.example/v1/runs',
    '/\\..\\v1',
    '/v1/runs/__proto__',
  ])('%s is no address', async (path) => {
    const { url, host } = await start();

    const answer = await rawRequest(url, [`GET ${path} HTTP/1.1`, host, 'Connection: close']);

    expect(statusOf(answer)).toBe(404);
  });

  it.each([
    ['/v1/runs?limit=%', 400],
    ['/v1/runs?limit=1&limit=2&%ff=%', 200],
    ['/v1/runs?cursor=%2e%2e%2f', 400],
    ['/?cursor=%00', 400],
  ])('%s is answered with %d', async (path, status) => {
    const { url, host } = await start();

    const answer = await rawRequest(url, [`GET ${path} HTTP/1.1`, host, 'Connection: close']);

    expect(statusOf(answer)).toBe(status);
  });

  it('cuts a chunked body off at the limit, answers and ends the connection', async () => {
    const { url, host, rows } = await start();
    const { socket, answer } = rawConnection(url);
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    socket.write(
      `POST /v1/runs HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );

    let sent = 0;
    while (socket.writable && sent < 1000) {
      sent += 1;
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
      else await pause(1);
    }

    const text = await answer;
    expect(statusOf(text)).toBe(413);
    expect(text).toMatch(/connection: close/i);
    expect(text).toContain('1,200,000');
    expect(rows).toHaveLength(0);
  });

  it('lets a client that first sends everything read why it was refused', async () => {
    const { url, host } = await start();
    const { socket, answer } = rawConnection(url);
    const size = 8_000_000;

    socket.write(
      `POST /v1/runs HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`,
    );
    await pause(50);
    const failure = await new Promise((resolve) => socket.write('a'.repeat(size), resolve));

    expect(failure ?? null).toBeNull();
    expect(statusOf(await answer)).toBe(413);
  });

  it('refuses a body by its announced length, before it comes', async () => {
    const { url, host } = await start();

    const text = await rawRequest(url, [
      'POST /v1/runs HTTP/1.1',
      host,
      'Content-Type: application/json',
      'Content-Length: 999999999999',
    ]);

    expect(statusOf(text)).toBe(413);
  });

  it.each([
    ['what is no HTTP', 'GARBAGE\r\n\r\n', 400],
    [
      'a target for proxies',
      'GET http://127.0.0.1/v1/runs HTTP/1.1\r\nHOST\r\nConnection: close\r\n\r\n',
      400,
    ],
    ['no host', 'GET /v1/runs HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
    ['a header without end', `GET / HTTP/1.1\r\nHOST\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'two lengths',
      'POST /v1/runs HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHOST\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
  ])('%s', async (_name, text, status) => {
    const { url, host } = await start();
    const { socket, answer } = rawConnection(url);

    socket.write(text.replace('HOST', host));

    expect(statusOf(await answer)).toBe(status);
    expect(await answer).toContain('content-type: application/problem+json');
    expect(await answer).toContain('x-content-type-options: nosniff');
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
  });

  it.each([
    ['header', { headersTimeoutMs: 200 }, 'GET / HTTP/1.1\r\n', 'X: y\r\n'],
    [
      'body',
      { headersTimeoutMs: 200, requestTimeoutMs: 400 },
      'POST /v1/runs HTTP/1.1\r\nHOST\r\nContent-Length: 100\r\n\r\n',
      ' ',
    ],
  ])('does not wait for a client that sends its %s drop by drop', async (_name, limits, begin, drop) => {
    const { url, host } = await start(limits);
    const { socket, answer } = rawConnection(url);
    const silent = rawConnection(url);
    socket.write(begin.replace('HOST', host));
    const drops = setInterval(() => socket.write(drop), 50);

    const text = await answer;

    clearInterval(drops);
    expect(statusOf(text)).toBe(408);
    expect(await silent.answer).not.toContain('200');
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
  });

  it('survives clients that leave in the middle', async () => {
    const { url, host, rows } = await start();

    for (const part of ['GET', `POST /v1/runs HTTP/1.1\r\n${host}\r\nContent-Length: 100\r\n\r\n{"co`]) {
      const { socket, answer } = rawConnection(url);
      socket.write(part);
      await pause(20);
      socket.destroy();
      await answer;
    }

    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    expect(rows).toHaveLength(0);
  });
});

describe('close', () => {
  it('ends idle and half-open connections at once', async () => {
    const { url, server } = await start({ closeTimeoutMs: 60_000 });
    await (await fetch(`${url}/v1/health`)).text();
    const half = rawConnection(url);
    half.socket.write('GET / HTTP/1.1\r\n');
    const silent = rawConnection(url);
    await pause(50);
    const begun = performance.now();

    await server.close();

    expect(performance.now() - begun).toBeLessThan(1_000);
    await Promise.all([half.answer, silent.answer]);
    await expect(fetch(`${url}/v1/health`)).rejects.toThrow();
  });

  it('waits for a request at work and answers it', async () => {
    const { url, server, services } = await start();
    const list = services.runStore.list;
    services.runStore.list = async (...args) => {
      await pause(200);
      return list(...args);
    };
    const answer = fetch(`${url}/v1/runs`);
    await pause(50);

    await server.close();

    expect((await answer).status).toBe(200);
  });

  it('gives up on a request that takes too long', async () => {
    const { url, server, services } = await start({ closeTimeoutMs: 100 });
    services.runStore.list = () => new Promise(() => {});
    const answer = fetch(`${url}/v1/runs`).catch(() => 'cut off');
    await pause(50);

    await server.close();

    expect(await answer).toBe('cut off');
  });
});
