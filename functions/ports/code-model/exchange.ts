import type { Response } from 'undici';
import {
  AddressForbiddenError,
  ModelAnswerError,
  ModelBusyError,
  ModelRefusedError,
  ModelTimeoutError,
} from '#domain/errors.ts';
import { errorChain } from './error-chain.ts';
import type { GuardedFetch, GuardedRequest } from './guarded-fetch.ts';

/** What a call may take. */
export type Limits = {
  /** Milliseconds from the request to the last byte. */
  timeoutMs: number;
  /** Milliseconds without a byte once the answer has begun. Before that a server may think until the deadline. */
  silenceMs: number;
  /** Bytes of an answer, inflated. */
  maxBytes: number;
};

/** All that a server sent, bounded. */
export type Exchange = { status: number; headers: Response['headers']; bytes: Uint8Array };

/**
 * Sends one request and reads the whole answer, whatever its status. Rejects with ModelTimeoutError,
 * ModelAnswerError (too large, not HTTP, damaged), ModelBusyError (connection lost), ModelRefusedError (no such
 * server, no valid certificate), AddressForbiddenError, or with the reason of a signal that the caller aborted.
 */
export async function exchange(
  fetch: GuardedFetch,
  url: string,
  request: Omit<GuardedRequest, 'signal'>,
  limits: Limits,
  signal?: AbortSignal,
): Promise<Exchange> {
  const { host } = new URL(url);
  const stop = new AbortController();
  const give = (error: Error) => stop.abort(error);
  const deadline = setTimeout(() => give(lateError(host, limits.timeoutMs)), limits.timeoutMs);
  const all = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  try {
    const response = await fetch(url, { ...request, signal: all });
    const bytes = await readBody(response, host, limits, give);
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (signal?.aborted) throw reasonOf(signal, host);
    throw stop.signal.aborted ? stop.signal.reason : transportError(error, host);
  } finally {
    clearTimeout(deadline);
    // Whatever is left of the answer is not read: the connection is closed.
    stop.abort();
  }
}

async function readBody(
  response: Response,
  host: string,
  { silenceMs, maxBytes }: Limits,
  give: (error: Error) => void,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const silence = setTimeout(() => give(silentError(host, silenceMs)), silenceMs);
  try {
    for await (const piece of response.body ?? []) {
      silence.refresh();
      size += piece.byteLength;
      if (size > maxBytes) throw largeError(host, maxBytes);
      pieces.push(piece);
    }
    return Buffer.concat(pieces, size);
  } finally {
    clearTimeout(silence);
  }
}

/** The caller's own reason; a time limit of the caller is told as one. */
function reasonOf(signal: AbortSignal, host: string): unknown {
  const { reason } = signal;
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new ModelTimeoutError(`The model's server at ${host} did not answer in the time that was left.`)
    : reason;
}

/** Errors of the network, told by their code only: their texts hold addresses. */
function transportError(error: unknown, host: string): Error {
  if (isOurs(error)) return error;
  const code = codeIn(error);
  if (code === 'ENOTFOUND') {
    return new ModelRefusedError(`No server with the name ${host} is known. Check the model's base URL.`);
  }
  if (code === 'ECONNREFUSED') {
    return new ModelBusyError(
      `No server answers at ${host}. Start the model's server, or check its base URL.`,
    );
  }
  if (/^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code)) {
    return new ModelRefusedError(
      `The certificate of the model's server at ${host} is not valid for it. Check the base URL; ` +
        'a certificate authority of your own is named by NODE_EXTRA_CA_CERTS.',
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return new ModelRefusedError(
      `The model's server at ${host} does not speak TLS as it should. Check whether its base URL is http or https.`,
    );
  }
  if (/^(HPE_|Z_|ERR_BROTLI|ERR_ZLIB|UND_ERR_HEADERS_OVERFLOW)/.test(code)) {
    return new ModelAnswerError(`What the model's server at ${host} sent is not HTTP, or damaged.`);
  }
  return new ModelBusyError(`The connection to the model's server at ${host} was lost.`);
}

function isOurs(error: unknown): error is Error {
  return error instanceof AddressForbiddenError || error instanceof ModelAnswerError;
}

function codeIn(error: unknown): string {
  const coded = errorChain(error).find((each) => 'code' in each && typeof each.code === 'string');
  return coded && 'code' in coded ? String(coded.code) : '';
}

function lateError(host: string, ms: number): Error {
  return new ModelTimeoutError(`The model's server at ${host} did not answer within ${ms / 1000} seconds.`);
}

function silentError(host: string, ms: number): Error {
  return new ModelTimeoutError(
    `The model's server at ${host} stopped in the middle of its answer for ${ms / 1000} seconds.`,
  );
}

function largeError(host: string, bytes: number): Error {
  return new ModelAnswerError(`The answer of the model's server at ${host} is larger than ${bytes} bytes.`);
}
