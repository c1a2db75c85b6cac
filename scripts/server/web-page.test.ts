import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openWebPage, POLICY_FILE, type WebPage } from './web-page.ts';

const POLICY = "default-src 'none'";
const SCRIPT = `/* ${'x'.repeat(2_000)} */`;

let folder: string;
let page: WebPage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-page-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await build({
    'index.html': '<p>home</p>',
    'history.html': '<p>history</p>',
    '404.html': '<p>nothing</p>',
    '_next/static/chunks/a1.js': SCRIPT,
    'notes.secret': 'not of a type that is served',
  });
  const opened = await openWebPage(folder);
  if (opened === null) throw new Error('no page was built');
  page = opened;
});

let builds = 0;

async function build(files: Record<string, string>, policy = POLICY): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries({
    ...files,
    [POLICY_FILE]: JSON.stringify({ contentSecurityPolicy: policy }),
  })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  // Two builds of a test may fall into one tick of the file system's clock.
  builds += 1;
  await utimes(join(folder, POLICY_FILE), builds, builds);
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await page.answer({ httpMethod: 'GET', path, headers });
  const bytes = Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8');
  return { ...answer, bytes, text: bytes.toString('utf8') };
}

describe('the served web page', () => {
  it.each([
    ['/', 200, '<p>home</p>'],
    ['/history', 200, '<p>history</p>'],
    ['/nothing', 404, '<p>nothing</p>'],
    ['/../package.json', 404, '<p>nothing</p>'],
    ['/notes.secret', 404, '<p>nothing</p>'],
    [`/${POLICY_FILE}`, 404, '<p>nothing</p>'],
    ['/__proto__', 404, '<p>nothing</p>'],
  ])('answers %s with %d', async (path, status, text) => {
    const answer = await get(path);

    expect([answer.statusCode, answer.text]).toEqual([status, text]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
    });
  });

  it('lets a browser keep for ever what is named by its content', async () => {
    const { headers } = await get('/_next/static/chunks/a1.js');

    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('compresses for who takes it', async () => {
    const plain = await get('/_next/static/chunks/a1.js', { 'accept-encoding': 'gzip' });
    const small = await get('/_next/static/chunks/a1.js', { 'accept-encoding': 'gzip, br' });

    expect(plain.text).toBe(SCRIPT);
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(small.bytes.byteLength).toBeLessThan(200);
    expect(brotliDecompressSync(small.bytes).toString('utf8')).toBe(SCRIPT);
  });

  it('takes no other method', async () => {
    await expect(page.answer({ httpMethod: 'POST', path: '/' })).rejects.toThrow('GET');
  });

  it('serves a new build without a restart, under its own policy', async () => {
    await get('/history');

    await build({ 'index.html': '<p>new</p>', 'compare.html': '<p>compare</p>' }, "default-src 'self'");

    expect(await get('/')).toMatchObject({
      text: '<p>new</p>',
      headers: { 'content-security-policy': "default-src 'self'" },
    });
    expect((await get('/compare')).text).toBe('<p>compare</p>');
    expect((await get('/history')).statusCode).toBe(404);
  });

  it('answers 404, not 500, while the folder is being built anew', async () => {
    await rm(folder, { recursive: true });

    expect((await get('/')).statusCode).toBe(404);
  });

  it('is nothing where nothing was built', async () => {
    expect(await openWebPage(join(folder, 'elsewhere'))).toBeNull();
  });
});
