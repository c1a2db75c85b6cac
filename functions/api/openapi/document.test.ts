import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { api } from '../fixtures/api-under-test.ts';
import { listRoutes } from '../routes.ts';
import { answerSchemas } from './answer-schemas.ts';
import { openApiDocument } from './document.ts';
import { operations } from './operations.ts';

const described = Object.entries(operations);
const document = openApiDocument(listRoutes());

/** Everything in the document under a key. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key ? [item] : []),
    ...valuesOf(item, key),
  ]);
}

describe('the OpenAPI document', () => {
  it('is served as it is built, to anyone', async () => {
    const { send } = api();

    const { status, text } = await send('GET /v1/openapi.json');

    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('has every route and no other, each under a name of its own', () => {
    const inDocument = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(inDocument.sort()).toEqual(
      listRoutes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
    expect(new Set(described.map(([, { operationId }]) => operationId)).size).toBe(described.length);
  });

  it('refers to nothing that it does not hold, and holds nothing that no route answers with', () => {
    const references = valuesOf(document, '$ref').map(String);

    for (const reference of references) {
      const name = reference.replace('#/components/schemas/', '');
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    const used = new Set(references.map((reference) => reference.split('/').at(-1)));
    expect(Object.keys(document.components.schemas).filter((name) => !used.has(name))).toEqual([]);
    expect(JSON.stringify(document)).not.toMatch(/"\$(?:schema|id)"/);
  });

  it('is told about in words, every address of it', async () => {
    const words = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    const spoken = (path: string) =>
      path.replace(/\{(\w+?)(?:Id)?\}/g, (_, name: string) => name.toUpperCase());

    for (const { method, path } of listRoutes()) expect(words).toContain(`\`${method} ${spoken(path)}`);
  });

  it('names every parameter of every address', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(methods)) {
        const named = z
          .array(z.object({ name: z.string(), in: z.string(), required: z.boolean() }))
          .parse(operation.parameters);
        expect(
          named.filter(({ in: place, required }) => place === 'path' && required).map(({ name }) => name),
        ).toEqual(wanted);
      }
    }
  });

  it.each(described.filter(([, { example }]) => example !== undefined))(
    '%s takes its example',
    (key, { example }) => {
      const { route } = listRoutes().find(({ method, path }) => `${method} ${path}` === key) ?? {};

      expect(route?.request.body?.safeParse(example).error).toBeUndefined();
    },
  );

  it('has an example for every body', () => {
    const without = listRoutes().filter(
      ({ method, path, route }) =>
        route.request.body && !operations[`${method} ${path}` as keyof typeof operations].example,
    );

    expect(without).toEqual([]);
  });

  it.each(described)('%s answers what it says', async (key, { status, answer, example }) => {
    const { send, createRun, finish } = api();
    const { id } = await createRun();
    await finish(id);
    const shared = await send(`POST /v1/runs/${id}/shares`, { body: {} });
    const share = answerSchemas.CreatedShare.parse(JSON.parse(shared.text));
    const line = key.replace('{runId}', id).replace('{shareId}', share.id).replace('{token}', share.token);
    // A check needs what only a real run leaves; stopping a finished run answers at once.
    if (key.endsWith('/checks') || key.endsWith('/cancel')) return;

    const got = await send(line, example === undefined ? {} : { body: example });

    expect(got.status).toBe(status);
    if (answer !== undefined)
      expect(answerSchemas[answer].safeParse(JSON.parse(got.text)).error).toBeUndefined();
    else if (status === 204) expect(got.text).toBe('');
  });
});
