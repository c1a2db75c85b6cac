import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryServices } from '#api/fixtures/memory-services.ts';
import { rawRequest } from './fixtures/raw-request.ts';
import { type LocalServer, serveLocally } from './local-server.ts';
import { openWebPage, POLICY_FILE } from './web-page.ts';

const POLICY = "default-src 'none'; script-src 'self'";
const HOME = `<p>Über uns ☕</p>${' '.repeat(1_000)}`;

describe('the server with the web page', () => {
  let folder: string;
  let server: LocalServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-served-'));
    await writeFile(join(folder, 'index.html'), HOME);
    await writeFile(join(folder, '404.html'), 'nothing here');
    await writeFile(join(folder, POLICY_FILE), JSON.stringify({ contentSecurityPolicy: POLICY }));
    server = await serveLocally(memoryServices().services, { port: 0, webPage: await openWebPage(folder) });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);

  it.each(['br', 'identity'])('serves the page in UTF-8 and %s, under its policy', async (encoding) => {
    const answer = await get('/', { headers: { 'accept-encoding': encoding } });

    expect(await answer.text()).toBe(HOME);
    expect(answer.headers.get('content-encoding')).toBe(encoding === 'br' ? 'br' : null);
    expect(answer.headers.get('content-security-policy')).toBe(POLICY);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('leaves what is below /v1 to the API', async () => {
    const [found, lost] = [await get('/v1/health'), await get('/v1/nothing')];

    expect(await found.json()).toEqual({ status: 'ok' });
    expect([lost.status, lost.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(lost.headers.get('content-security-policy')).not.toBe(POLICY);
  });

  it('shows its own page for an unknown address, and a problem for what is no question', async () => {
    const [lost, posted] = [await get('/v1.html'), await get('/', { method: 'POST' })];

    expect([lost.status, await lost.text()]).toEqual([404, 'nothing here']);
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD without a body', async () => {
    const answer = await get('/', { method: 'HEAD' });

    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('answers to this machine’s own name alone', async () => {
    const answer = await rawRequest(server.url, [
      'GET / HTTP/1.1',
      'Host: evil.example',
      'Connection: close',
    ]);

    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).not.toContain('ber uns');
  });
});
