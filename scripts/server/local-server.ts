import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { createApiHandler } from '#api/handler.ts';
import { type Failure, problemAnswer } from '#middleware/problems.ts';
import { withSecurityHeaders } from '#middleware/security-headers.ts';
import type { ApiServices } from '#ports/services.ts';
import { homePage } from './home-page.ts';
import { newRequestId, proxyEvent } from './proxy-event.ts';
import { ClientGoneError, readBody } from './read-body.ts';
import { guardRequest } from './request-guard.ts';
import { answerClientError, sendAnswer } from './send-answer.ts';
import type { WebPage } from './web-page.ts';

export type LocalServerOptions = {
  /** 0 for any that is free. */
  port: number;
  /** What is served beside the API; null for a plain list of runs. */
  webPage?: WebPage | null;
  /** Told of every answer of 500 and more. */
  onFailure?: (failure: Failure) => void;
  /** How long a client may take to send a request's header, and all of it. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
  /** How long `close` waits for the requests at work. */
  closeTimeoutMs?: number;
};

export type LocalServer = {
  /** Without a slash at its end. */
  url: string;
  /** Takes no more requests and resolves when those at work are answered, or were given up on. */
  close(): Promise<void>;
};

const ADDRESS = '127.0.0.1';
const OWNER = 'local';
const MAX_CONNECTIONS = 512;

/** For clients that do not read their answer; longer than any request is at work. */
const IDLE_TIMEOUT_MS = 120_000;

/**
 * Serves the API and the web page to this machine alone. Rejects with Node's own error, such as EADDRINUSE,
 * where the port cannot be had.
 */
export async function serveLocally(services: ApiServices, options: LocalServerOptions): Promise<LocalServer> {
  const { closeTimeoutMs = 5_000, onFailure } = options;
  const server = createServer(nodeOptions(options));
  const atWork = new Set<Promise<void>>();
  const answer = answering(services, options);
  let port = options.port;

  server.on('request', (request, response) => {
    void serve(request, response, port, (body, requestId) => {
      const work = answer(request, body, requestId).then((result) => sendAnswer(request, response, result));
      atWork.add(work);
      return work.finally(() => atWork.delete(work));
    });
  });
  server.on('clientError', answerClientError);
  server.timeout = IDLE_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ port, host: ADDRESS });
  await once(server, 'listening');
  // A connection that cannot be accepted must not end the process.
  server.on('error', (error) => onFailure?.({ requestId: newRequestId(), error }));
  port = portOf(server);

  let closing: Promise<void> | null = null;
  return {
    url: `http://${ADDRESS}:${port}`,
    close: () => {
      closing ??= closeServer(server, atWork, closeTimeoutMs);
      return closing;
    },
  };
}

type Answering = (
  request: IncomingMessage,
  body: Buffer,
  requestId: string,
) => Promise<APIGatewayProxyResult>;

/** What answers a request that was let in; never rejects. */
function answering(
  services: ApiServices,
  { onFailure, webPage = null }: Pick<LocalServerOptions, 'onFailure' | 'webPage'>,
): Answering {
  const handler = createApiHandler(services, {
    callerOf: () => ({ owner: OWNER, payer: OWNER }),
    ...(onFailure ? { onFailure } : {}),
  });
  return async (request, body, requestId) => {
    const event = proxyEvent(request, requestId, body);
    if (webPage === null ? event.path !== '/' : /^\/v1(\/|$)/.test(event.path)) return handler(event);
    try {
      const page = webPage
        ? webPage.answer(event)
        : homePage(event, { runStore: services.runStore, owner: OWNER });
      return withSecurityHeaders(await page);
    } catch (error) {
      return refusal(error, requestId, onFailure);
    }
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  work: (body: Buffer, requestId: string) => Promise<void>,
): Promise<void> {
  const requestId = newRequestId();
  try {
    guardRequest(request, port);
    await work(await readBody(request), requestId);
  } catch (error) {
    if (error instanceof ClientGoneError || response.headersSent) response.destroy();
    else await sendAnswer(request, response, refusal(error, requestId));
  }
}

function refusal(
  error: unknown,
  requestId: string,
  onFailure?: LocalServerOptions['onFailure'],
): APIGatewayProxyResult {
  const answer = withSecurityHeaders(problemAnswer(error, requestId));
  if (answer.statusCode >= 500) onFailure?.({ requestId, error });
  return answer;
}

function nodeOptions({ headersTimeoutMs = 10_000, requestTimeoutMs = 30_000 }: LocalServerOptions) {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
    // The guard refuses a request without a host in the same words as one for another.
    requireHostHeader: false,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Idle connections end at once; those with a request at work when it is answered, or when the time is up. */
async function closeServer(server: Server, atWork: Set<Promise<void>>, timeoutMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const { promise: timeUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([Promise.allSettled(atWork), timeUp]);
  clearTimeout(timer);
  server.closeAllConnections();
  await closed;
}
