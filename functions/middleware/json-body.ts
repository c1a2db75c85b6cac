import { InputTooLargeError } from '#domain/errors.ts';
import { InvalidRequestError, UnsupportedMediaTypeError } from './request-errors.ts';

/** One program of the largest size, written as JSON. */
export const MAX_BODY_BYTES = 1_200_000;

const MAX_DEPTH = 20;

/** A body as API Gateway hands it over. */
export type RawBody = { body: string | null; isBase64Encoded: boolean };

/** Throws InputTooLargeError for a body over the limit, which is counted in bytes and before anything is decoded. */
export function limitBody(raw: RawBody): void {
  if (byteLength(raw) > MAX_BODY_BYTES) throw bodyTooLarge();
}

export function bodyTooLarge(): InputTooLargeError {
  return new InputTooLargeError(`The body is larger than ${MAX_BODY_BYTES.toLocaleString('en-US')} bytes.`);
}

/**
 * The body's document. Throws UnsupportedMediaTypeError for another type than JSON in UTF-8,
 * InvalidRequestError for what is not JSON, InputTooLargeError for what is nested too deeply.
 */
export function readJsonBody(raw: RawBody, contentType: string | undefined): unknown {
  if (!isJson(contentType)) {
    throw new UnsupportedMediaTypeError('Send the body as "content-type: application/json", in UTF-8.');
  }
  const text = textOf(raw);
  if (isTooDeep(text)) throw new InputTooLargeError(`The body is nested deeper than ${MAX_DEPTH} levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the body.
    const place = error instanceof Error ? / \(line \d+ column \d+\)/.exec(error.message)?.[0] : undefined;
    throw wrongBody(`is not valid JSON${place ?? ''}`);
  }
}

function byteLength({ body, isBase64Encoded }: RawBody): number {
  return Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function isJson(contentType = ''): boolean {
  return /^application\/json(\s*;\s*charset="?utf-?8"?)?\s*$/i.test(contentType.trim());
}

function textOf({ body, isBase64Encoded }: RawBody): string {
  if (body === null || body === '') throw wrongBody('is empty');
  if (!isBase64Encoded) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    throw wrongBody('is not valid UTF-8');
  }
}

function wrongBody(message: string): InvalidRequestError {
  return new InvalidRequestError([{ field: 'body', message }]);
}

/** Counts brackets outside of strings; for text that is not JSON the parser has the last word. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
}
