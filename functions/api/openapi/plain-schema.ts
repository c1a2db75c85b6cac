import { z } from 'zod';

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 takes. */
export type SchemaObject = { [key: string]: unknown };

/** What a request may hold. */
export function describeInput(schema: z.ZodType): SchemaObject {
  return plainSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), true);
}

/**
 * The schema without what only says how it was made. An answer may get more fields later, so that it is not closed;
 * a request that has others is refused.
 */
export function plainSchema(schema: unknown, isClosed = false): SchemaObject {
  const plain = without(schema, isClosed);
  return typeof plain === 'object' && plain !== null ? (plain as SchemaObject) : {};
}

function without(value: unknown, isClosed: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, isClosed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => {
    if (key === '$schema' || key === '$id') return false;
    // A format says it in a word.
    if (key === 'pattern' && 'format' in value) return false;
    if (key === 'additionalProperties' && item === false) return isClosed;
    return !(key === 'maximum' && item === Number.MAX_SAFE_INTEGER);
  });
  return Object.fromEntries(entries.map(([key, item]) => [key, without(item, isClosed)]));
}
