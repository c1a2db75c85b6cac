import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { plainProblem } from '#middleware/problems.ts';
import { withSecurityHeaders } from '#middleware/security-headers.ts';

/** How long a client that is still sending gets to read why it was refused. */
const LINGER_MS = 1_000;

/** Sends an answer and resolves when it is out, or when the client is gone. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: APIGatewayProxyResult,
): Promise<void> {
  if (response.destroyed) return;
  const gone = once(response, 'close');
  const isUnread = !request.complete && hasBody(request);
  const body = bodyOf(request, answer);
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    ...(isUnread ? { connection: 'close' } : {}),
    ...(body.byteLength === 0 ? {} : { 'content-length': body.byteLength }),
  });
  if (isUnread) {
    // Ending the connection on data that is still coming would reset it, and the answer would be lost with it.
    response.write(body);
    request.resume();
    await Promise.race([endOf(request), pause(LINGER_MS)]);
    response.end();
  } else {
    response.end(body);
  }
  await gone;
}

/** Answers what Node could not read as a request, or not in time. */
export function answerClientError(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { statusCode, headers, body } = withSecurityHeaders(clientProblem(error));
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': Buffer.byteLength(body),
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function clientProblem(error: Error): APIGatewayProxyResult {
  const code = 'code' in error ? error.code : undefined;
  const problem =
    code === 'HPE_HEADER_OVERFLOW'
      ? plainProblem(431, 'The header is too large.')
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? plainProblem(408, 'The request did not arrive in time.')
        : plainProblem(400, 'This is not an HTTP request.');
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(problem),
  };
}

function bodyOf(request: IncomingMessage, { body, isBase64Encoded = false }: APIGatewayProxyResult): Buffer {
  return Buffer.from(request.method === 'HEAD' ? '' : body, isBase64Encoded ? 'base64' : 'utf8');
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function endOf(request: IncomingMessage): Promise<unknown> {
  return Promise.race([once(request, 'end'), once(request, 'close')]).catch(() => {});
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
