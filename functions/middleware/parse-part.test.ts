import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parsePart } from './parse-part.ts';
import { InvalidRequestError } from './request-errors.ts';

const Schema = z.strictObject({ name: z.string(), inner: z.strictObject({ n: z.int() }).optional() });

function errorsOf(value: unknown) {
  try {
    parsePart(Schema, value, 'body');
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.errors;
    throw error;
  }
  return [];
}

describe('parsePart', () => {
  it('names each wrong field by its path', () => {
    const errors = errorsOf({ inner: { n: 'x', m: 1 }, other: true });

    expect(errors.map(({ field }) => field).sort()).toEqual(['inner.m', 'inner.n', 'name', 'other']);
  });

  it('names the part where there is no field', () => {
    expect(errorsOf('text').map(({ field }) => field)).toEqual(['body']);
  });

  it('is not made to say much by a caller with many or long names', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 1]));

    expect(errorsOf({ name: '', ...many })).toHaveLength(20);
    expect(JSON.stringify(errorsOf({ name: '', ['\ud83d\ude00'.repeat(10_000)]: 1 })).length).toBeLessThan(
      500,
    );
  });

  it('takes no field from the prototype', () => {
    expect(errorsOf(JSON.parse('{"name": "a", "__proto__": {"n": 1}}'))).toHaveLength(1);
    expect(errorsOf(JSON.parse('{"__proto__": {"name": "a"}}')).map(({ field }) => field)).toContain('name');
  });
});
