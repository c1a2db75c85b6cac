import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { ApiEvent } from '#api/api-event.ts';
import type { Caller } from '#api/caller.ts';
import { ForbiddenError } from '#domain/errors.ts';
import { isOld, newSession, readSession, sessionCookie } from './session.ts';

export type AwsCallerOptions = {
  /** The id of the key that the edge adds to the page's requests, and nobody else has. */
  pageKeyId: string;
  /** What signs sessions. */
  sessionSecret: () => Promise<string>;
  now?: () => number;
};

/** The edge writes these itself, over whatever a client sent; they count only beside the page's key. */
const PAGE_HOST = 'sgcode-page-host';
const VIEWER = 'sgcode-viewer';

/**
 * Whose request it is: the API key's, or, where it came by the page's path, the browser session's. The page's key is
 * one for everybody, so that it names nobody; a cookie beside any other key is not looked at. Rejects with
 * ForbiddenError for a request without a key, and for a page's request that another site may have made.
 */
export function awsCallerOf(options: AwsCallerOptions): (event: ApiEvent) => Promise<Caller> {
  return async (event) => {
    const keyId = event.requestContext.identity?.apiKeyId ?? '';
    if (keyId === '') throw new ForbiddenError('The request has no API key.');
    if (keyId !== options.pageKeyId) return { owner: `key:${keyId}`, payer: `key:${keyId}` };
    refuseOtherSites(event);
    return sessionCaller(event, options);
  };
}

async function sessionCaller(
  { headers }: ApiEvent,
  { sessionSecret, now = Date.now }: AwsCallerOptions,
): Promise<Caller> {
  const secret = await sessionSecret();
  const known = readSession(headers.cookie, secret, now());
  const session = known === null || isOld(known, now()) ? { ...newSession(now()), ...idOf(known) } : known;
  return {
    owner: `session:${session.id}`,
    payer: `viewer:${viewerHash(headers[VIEWER] ?? '', secret)}`,
    ...(session === known ? {} : { setCookie: sessionCookie(session, secret) }),
  };
}

function idOf(known: { id: string } | null): { id?: string } {
  return known === null ? {} : { id: known.id };
}

/**
 * Browsers tell of other sites in Sec-Fetch-Site and Origin. What changes something must come from our own page; a
 * browser sends Origin with every such request.
 */
function refuseOtherSites({ httpMethod, headers }: ApiEvent): void {
  const { origin, 'sec-fetch-site': site, [PAGE_HOST]: pageHost } = headers;
  const isReading = httpMethod === 'GET' || httpMethod === 'HEAD';
  const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  const isOurs =
    origin === undefined ? isReading : pageHost !== undefined && origin === `https://${pageHost}`;
  if (isFromElsewhere || !isOurs) throw new ForbiddenError('Pages of other sites may not call this server.');
}

/**
 * A session is free to come by, an address less so: quotas of sessions count by the viewer's address, of which only a
 * keyed hash is kept. An IPv6 user commands a whole /64.
 */
function viewerHash(address: string, secret: string): string {
  const network = ipaddr.isValid(address) ? networkOf(ipaddr.process(address)) : address;
  return createHmac('sha256', secret).update(`viewer.${network}`).digest('hex').slice(0, 32);
}

function networkOf(address: ReturnType<typeof ipaddr.process>): string {
  const bytes = address.toByteArray();
  return (address.kind() === 'ipv6' ? bytes.slice(0, 8) : bytes).join('.');
}
