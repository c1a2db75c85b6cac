import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, MAX_BODY_BYTES } from '#middleware/json-body.ts';

/** The client ended the connection; nobody is left to be answered. */
export class ClientGoneError extends Error {
  override name = 'ClientGoneError';
}

/**
 * The whole body. Rejects with InputTooLargeError as soon as it is over the limit, with ClientGoneError when the
 * connection ends before it.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else {
      chunks.length = 0;
      reject(bodyTooLarge());
    }
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('error', () => reject(new ClientGoneError('the client is gone')));
  return promise;
}
