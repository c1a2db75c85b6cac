import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputTooLargeError } from '#domain/errors.ts';
import { limitBody, MAX_BODY_BYTES, readJsonBody } from './json-body.ts';
import { InvalidRequestError, UnsupportedMediaTypeError } from './request-errors.ts';

const JSON_TYPE = 'application/json';
const plain = (body: string | null) => ({ body, isBase64Encoded: false });
const base64 = (bytes: Uint8Array) => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
});
const detailOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return error instanceof InvalidRequestError ? error.message : String(error);
  }
  return null;
};

describe('readJsonBody', () => {
  it('reads every document, plain and in base64', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (document) => {
        const text = JSON.stringify(document);
        const expected: unknown = JSON.parse(text);

        expect(readJsonBody(plain(text), JSON_TYPE)).toEqual(expected);
        expect(readJsonBody(base64(Buffer.from(text)), JSON_TYPE)).toEqual(expected);
      }),
    );
  });

  it.each([
    JSON_TYPE,
    'Application/JSON',
    'application/json;charset=UTF-8',
    'application/json ; charset="utf-8" ',
  ])('takes %s', (type) => {
    expect(readJsonBody(plain('1'), type)).toBe(1);
  });

  it.each([
    undefined,
    '',
    'text/plain',
    'text/json',
    'application/json; charset=latin1',
    'application/jsonx',
  ])('refuses the type %s', (type) => {
    expect(() => readJsonBody(plain('1'), type)).toThrow(UnsupportedMediaTypeError);
  });

  it('says where JSON is broken and quotes nothing of it', () => {
    const broken = detailOf(() => readJsonBody(plain('{"password":\n hunter2}'), JSON_TYPE));
    const empty = detailOf(() => readJsonBody(plain(null), JSON_TYPE));
    const latin = detailOf(() => readJsonBody(base64(Uint8Array.of(0x22, 0xe9, 0x22)), JSON_TYPE));

    expect(broken).toMatch(/^body: is not valid JSON( \(line 2 column 2\))?$/);
    expect(empty).toBe('body: is empty');
    expect(latin).toBe('body: is not valid UTF-8');
  });

  it('counts the depth outside of strings only', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}"[[\\"[["${']'.repeat(depth)}`;

    expect(() => readJsonBody(plain(nested(20)), JSON_TYPE)).not.toThrow();
    expect(() => readJsonBody(plain(nested(21)), JSON_TYPE)).toThrow(InputTooLargeError);
    expect(() => readJsonBody(plain('['.repeat(1_000_000)), JSON_TYPE)).toThrow(InputTooLargeError);
    expect(readJsonBody(plain(`["${'['.repeat(100)}"]`), JSON_TYPE)).toHaveLength(1);
  });
});

describe('limitBody', () => {
  it('counts the bytes that arrive, not characters', () => {
    const full = 'é'.repeat(MAX_BODY_BYTES / 2);

    expect(() => limitBody(plain(full))).not.toThrow();
    expect(() => limitBody(plain(`${full}a`))).toThrow(InputTooLargeError);
    expect(() => limitBody(base64(Buffer.from(full)))).not.toThrow();
    expect(() => limitBody(base64(Buffer.from(`${full}a`)))).toThrow(InputTooLargeError);
    expect(() => limitBody(plain(null))).not.toThrow();
  });
});
