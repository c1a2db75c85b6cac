import type { IncomingMessage } from 'node:http';
import { ForbiddenError, InvalidInputError } from '#domain/errors.ts';
import { bodyTooLarge, MAX_BODY_BYTES } from '#middleware/json-body.ts';
import { MisdirectedRequestError } from '#middleware/request-errors.ts';

/**
 * Lets pass what this machine's user asked for: addressed to this server by name, and not sent by a page of
 * another origin. Throws an error of the problem table for anything else, before a byte of the body is read.
 *
 * A page on the web can reach 127.0.0.1 through its visitor's browser, directly or by a name that it lets point
 * there; the browser tells of the first in Origin and Sec-Fetch-Site, and of the second in Host.
 */
export function guardRequest(request: IncomingMessage, port: number): void {
  const hosts = request.headersDistinct.host ?? [];
  const host = hosts[0]?.toLowerCase();
  if (hosts.length !== 1 || host === undefined || !namesOf(port).includes(host)) {
    throw new MisdirectedRequestError(`This server answers to ${namesOf(port).join(' and ')} only.`);
  }
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) throw fromElsewhere();
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw fromElsewhere();
  // The other forms of a request's target are for proxies.
  if (!request.url?.startsWith('/')) throw new InvalidInputError('The address does not begin with "/".');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw bodyTooLarge();
}

function namesOf(port: number): string[] {
  const names = ['127.0.0.1', 'localhost'];
  return names.map((name) => (port === 80 ? name : `${name}:${port}`));
}

function fromElsewhere(): ForbiddenError {
  return new ForbiddenError('Pages of other origins may not call this server.');
}
