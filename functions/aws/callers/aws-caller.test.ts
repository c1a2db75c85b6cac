import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiEventSchema } from '#api/api-event.ts';
import { awsCallerOf } from './aws-caller.ts';
import { newSession, sessionCookie } from './session.ts';

const SECRET = 's'.repeat(40);
const NOW = Date.UTC(2026, 0, 10);
const DAY = 86_400_000;
const PAGE = 'https://d1.example';

const callerOf = awsCallerOf({ pageKeyId: 'page', sessionSecret: async () => SECRET, now: () => NOW });

function event(
  apiKeyId: string | null,
  headers: Record<string, string> = {},
  httpMethod: 'GET' | 'POST' = 'POST',
) {
  return ApiEventSchema.parse({
    httpMethod,
    path: '/v1/runs',
    headers,
    requestContext: { requestId: 'r', identity: { apiKeyId } },
  });
}

/** A request of our own page. */
const fromPage = (headers: Record<string, string> = {}) =>
  event('page', {
    origin: PAGE,
    'sgcode-page-host': 'd1.example',
    'sgcode-viewer': '192.0.2.7',
    'sec-fetch-site': 'same-origin',
    ...headers,
  });

const cookieOf = (setCookie = '') => setCookie.split(';')[0] ?? '';

describe('the caller on AWS', () => {
  it('is the API key, whatever cookie comes beside it', async () => {
    const session = newSession(NOW);
    const cookie = cookieOf(sessionCookie(session, SECRET));

    expect(await callerOf(event('key-1', { cookie }))).toEqual({ owner: 'key:key-1', payer: 'key:key-1' });
  });

  it('is nobody without a key', async () => {
    await expect(callerOf(event(null))).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('is a new session where the page has none, and the same one from then on', async () => {
    const first = await callerOf(fromPage());
    const again = await callerOf(fromPage({ cookie: cookieOf(first.setCookie) }));

    expect(first.owner).toMatch(/^session:[0-9a-f]{32}$/);
    expect(first.setCookie).toMatch(
      /^__Host-sgcode-session=\S+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect(again).toEqual({ owner: first.owner, payer: first.payer });
  });

  it('hands an old session out anew, as the same', async () => {
    const session = newSession(NOW - 2 * DAY);

    const caller = await callerOf(fromPage({ cookie: cookieOf(sessionCookie(session, SECRET)) }));

    expect(caller.owner).toBe(`session:${session.id}`);
    expect(caller.setCookie).toBe(sessionCookie({ id: session.id, issuedAt: NOW / 1000 }, SECRET));
  });

  it.each([
    ['expired', cookieOf(sessionCookie(newSession(NOW - 31 * DAY), SECRET))],
    ['of the future', cookieOf(sessionCookie(newSession(NOW + DAY), SECRET))],
    ['signed by somebody else', cookieOf(sessionCookie(newSession(NOW), 'x'.repeat(40)))],
    ['of another name', cookieOf(sessionCookie(newSession(NOW), SECRET)).replace('__Host-', '')],
    ['without a signature', `__Host-sgcode-session=${'a'.repeat(32)}.${NOW / 1000}.`],
  ])('takes no session that is %s', async (_, cookie) => {
    expect((await callerOf(fromPage({ cookie }))).setCookie).toBeDefined();
  });

  it('takes no session in which anything was changed', async () => {
    const session = newSession(NOW);
    const cookie = cookieOf(sessionCookie(session, SECRET));

    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: cookie.length - 1 }),
        fc.constantFrom('0', 'a', '.', 'Z'),
        async (at, letter) => {
          const changed = cookie.slice(0, at) + letter + cookie.slice(at + 1);
          fc.pre(changed !== cookie);
          const { owner } = await callerOf(fromPage({ cookie: changed }));
          expect(owner).not.toBe(`session:${session.id}`);
        },
      ),
    );
  });

  it.each<[string, Record<string, string>]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['from our name without TLS', { origin: 'http://d1.example' }],
    ['from a name that ours begins', { origin: 'https://d1.example.evil.example' }],
    ['from no origin', { origin: 'null' }],
    ['from another site by its word', { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbor', { 'sec-fetch-site': 'same-site' }],
    ['to a host that the edge does not tell', { 'sgcode-page-host': '' }],
  ])('refuses a request of the page %s', async (_, headers) => {
    await expect(callerOf(fromPage(headers))).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('refuses what changes something and does not say where it comes from, and lets reading pass', async () => {
    const headers = { 'sgcode-page-host': 'd1.example' };

    await expect(callerOf(event('page', headers, 'POST'))).rejects.toMatchObject({ name: 'ForbiddenError' });
    expect((await callerOf(event('page', headers, 'GET'))).owner).toMatch(/^session:/);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.7', '::ffff:192.0.2.7', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:1:2:3', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ])('counts sessions of %s and %s for one payer: %s', async (one, other, isSame) => {
    const payers = await Promise.all(
      [one, other].map(async (viewer) => (await callerOf(fromPage({ 'sgcode-viewer': viewer }))).payer),
    );

    expect(new Set(payers).size).toBe(isSame ? 1 : 2);
    expect(payers.join()).not.toContain('192.0.2');
  });
});
