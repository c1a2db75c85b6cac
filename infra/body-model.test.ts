import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { listRoutes } from '#api/routes.ts';
import { type BodyModel, bodyModel } from './body-model.ts';

/** As much of a validator as the models need. */
function takes(model: BodyModel, body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const fields = Object.entries(body);
  return (
    (model.required ?? []).every((name) => Object.hasOwn(body, name)) &&
    fields.every(([name, value]) => {
      const field = model.properties[name];
      if (!field) return model.additionalProperties !== false;
      if (field.type === undefined) return true;
      return typeof value === 'string' && value.length <= (field.maxLength ?? Number.POSITIVE_INFINITY);
    })
  );
}

const bodies = listRoutes().flatMap(({ method, path, route }) =>
  route.request.body ? [{ name: `${method} ${path}`, schema: route.request.body }] : [],
);

const examples: Record<string, unknown[]> = {
  'POST /v1/runs': [
    { code: 'x = 1\n' },
    { prompt: 'a form' },
    { code: '', path: 'a.py', tests: '', settings: {} },
  ],
  'POST /v1/analyses': [{ code: 'x = 1\n' }, { code: '', path: 'a.py', settings: { policy: 'paper' } }],
};

describe('what the gateway checks of a body', () => {
  it.each(bodies)('is nothing that the API would take: $name', ({ name, schema }) => {
    const model = bodyModel(schema);
    const fields = [...Object.keys(model.properties), 'other'];
    const values = fc.oneof(fc.string(), fc.constant({}), fc.integer({ min: 1, max: 30 }), fc.boolean());
    const anyBody = fc.dictionary(fc.constantFrom(...fields), values);

    for (const example of examples[name] ?? [])
      expect([example, takes(model, example)]).toEqual([example, true]);
    fc.assert(fc.property(anyBody, (body) => !schema.safeParse(body).success || takes(model, body)));
  });

  it.each(bodies)('refuses what is no object, and fields that there are not: $name', ({ schema }) => {
    const model = bodyModel(schema);

    for (const body of [null, [], 'text', 1]) expect(takes(model, body)).toBe(false);
    expect(model.additionalProperties).toBe(false);
  });

  it('refuses a text that is longer than any program may be', () => {
    const model = bodyModel(z.strictObject({ code: z.string() }));

    expect(takes(model, { code: 'a'.repeat(1_000_000) })).toBe(true);
    expect(takes(model, { code: 'a'.repeat(1_000_001) })).toBe(false);
  });

  it('is of objects alone', () => {
    expect(() => bodyModel(z.string())).toThrow();
  });
});
