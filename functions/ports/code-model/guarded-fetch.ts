import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Response, fetch as undiciFetch } from 'undici';
import { AddressForbiddenError } from '#domain/errors.ts';
import { type AddressRules, forbiddenBecause } from './address-rules.ts';
import { errorChain } from './error-chain.ts';

export type GuardedFetchOptions = AddressRules & {
  /** May a server be called without TLS? */
  isHttpAllowed: boolean;
  /** Milliseconds until a connection stands. */
  connectTimeoutMs?: number;
  /** How names are resolved; the system's way where it is left out. */
  lookup?: LookupFunction;
};

export type GuardedRequest = {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
};

/** Rejects with AddressForbiddenError, or with what undici rejects with. */
export type GuardedFetch = (url: string, request: GuardedRequest) => Promise<Response>;

/**
 * A fetch for addresses that a user gives. The rules are checked on the address literal, on what a name resolves
 * to, and on the address of the connected socket, so that a name that resolves anew changes nothing. A redirect
 * comes back as it is and is not followed. No proxy is taken from the environment, certificates are always checked.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const dispatcher = new Agent({
    connect: guardedConnector(options),
    allowH2: false,
    // Deadlines are the caller's: a server that does not stream is silent until its answer is complete.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return async (url, request) => {
    checkUrl(new URL(url), options);
    try {
      const headers = { ...request.headers, 'accept-encoding': 'identity' };
      return await undiciFetch(url, { ...request, headers, dispatcher, redirect: 'manual' });
    } catch (error) {
      const reason = brokenRule(error);
      throw reason === null ? error : forbidden(new URL(url), reason);
    }
  };
}

function checkUrl(url: URL, { isHttpAllowed, ...rules }: GuardedFetchOptions): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHttpAllowed)) {
    throw forbidden(url, 'only https may be called from here');
  }
  if (url.username !== '' || url.password !== '') throw forbidden(url, 'an address may hold no user name');
  const host = withoutBrackets(url.hostname);
  if (isIP(host) === 0) return;
  const reason = forbiddenBecause(host, rules);
  if (reason !== null) throw forbidden(url, reason);
}

function guardedConnector(options: GuardedFetchOptions): buildConnector.connector {
  const { connectTimeoutMs = 10_000, lookup = systemLookup } = options;
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    rejectUnauthorized: true,
    lookup: guardedLookup(lookup as LookupFunction, options),
  });
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const { remoteAddress } = socket;
      // It has none where the other side has hung up already; the first write will say so.
      const reason = remoteAddress === undefined ? null : forbiddenBecause(remoteAddress, options);
      if (reason === null) return callback(null, socket);
      socket.destroy();
      return callback(new AddressForbiddenError(reason), null);
    });
  };
}

/** Leaves out addresses that the rules forbid, so that nothing is sent to them, not even the start of a handshake. */
function guardedLookup(lookup: LookupFunction, rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const all = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const allowed = all.filter(({ address }) => forbiddenBecause(address, rules) === null);
      const [first] = allowed;
      if (first === undefined) {
        const reason = forbiddenBecause(all[0]?.address ?? '', rules) ?? '';
        return callback(new AddressForbiddenError(reason), '', 0);
      }
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

/** The rule that a call broke: undici keeps what the connector said as the cause of its own error. */
function brokenRule(error: unknown): string | null {
  return errorChain(error).find((each) => each instanceof AddressForbiddenError)?.message ?? null;
}

function forbidden(url: URL, reason: string): AddressForbiddenError {
  return new AddressForbiddenError(`The model's server at ${url.host} may not be called: ${reason}.`);
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
