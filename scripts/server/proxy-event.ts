import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ApiEventInput } from '#api/api-event.ts';

/** The request as API Gateway would hand it to the handler. The path stays as it was sent, escapes included. */
export function proxyEvent(request: IncomingMessage, requestId: string, body: Buffer): ApiEventInput {
  const [path = '', ...rest] = (request.url ?? '').split('?');
  return {
    httpMethod: request.method ?? '',
    path,
    headers: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]),
    ),
    queryStringParameters: Object.fromEntries(new URLSearchParams(rest.join('?'))),
    body: body.byteLength === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.byteLength > 0,
    requestContext: { requestId },
  };
}

export function newRequestId(): string {
  return randomUUID();
}
