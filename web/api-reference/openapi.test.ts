import { describe, expect, it } from '@jest/globals';
import { exampleBody, listOperations, OpenApiSchema, resolve } from './openapi.ts';
import { curlOf, requestOf } from './request.ts';

const document = OpenApiSchema.parse({
  openapi: '3.1.0',
  info: { title: 'SGCode', version: '1' },
  paths: {
    '/v1/runs/{runId}': {
      get: {
        summary: 'One run',
        parameters: [
          { name: 'runId', in: 'path', required: true },
          { name: 'after', in: 'query' },
          { name: 'SGCode-Model-Key', in: 'header' },
        ],
        responses: { 200: { description: 'the run', content: { 'application/json': { schema: {} } } } },
      },
      parameters: [],
    },
    '/v1/runs': {
      post: {
        requestBody: { content: { 'application/json': { schema: {}, example: { code: "print('a')" } } } },
        responses: { 202: {} },
      },
      trace: { responses: {} },
      put: 'not an operation',
    },
  },
  components: { schemas: { Run: { type: 'object' } } },
});
const [get, post] = listOperations(document);
if (get === undefined || post === undefined) throw new Error('the document has two operations');

describe('the API’s description', () => {
  it('lists what can be read of it', () => {
    expect(listOperations(document).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/runs/{runId}',
      'POST /v1/runs',
    ]);
  });

  it('follows its references, and no others', () => {
    expect(resolve({ $ref: '#/components/schemas/Run' }, document)).toEqual({
      name: 'Run',
      schema: { type: 'object' },
    });
    expect(resolve({ $ref: '#/components/schemas/Nobody' }, document)).toBeNull();
    expect(resolve({ $ref: 'https://elsewhere.example' }, document)).toBeNull();
    expect(resolve({ type: 'string' }, document)).toEqual({ name: null, schema: { type: 'string' } });
  });

  it('gives a body to try only where one is taken', () => {
    expect(exampleBody(get)).toBeNull();
    expect(JSON.parse(exampleBody(post) ?? '')).toEqual({ code: "print('a')" });
  });
});

describe('a request that is tried', () => {
  it('has its parameters where they belong, and the empty ones nowhere', () => {
    const values = { runId: 'a/b c', after: '', 'SGCode-Model-Key': 'k' };

    expect(requestOf(get, { values, body: null })).toEqual({
      method: 'GET',
      path: '/v1/runs/a%2Fb%20c',
      headers: { 'sgcode-model-key': 'k' },
      body: null,
    });
    expect(requestOf(get, { values: { runId: 'a', after: '3&x' }, body: null }).path).toBe(
      '/v1/runs/a?after=3%26x',
    );
  });

  it('is one word for a shell wherever it is quoted', () => {
    const command = curlOf(requestOf(post, { values: {}, body: '{"code": "print(\'a\')"}' }), 'http://h');

    expect(command).toBe(
      [
        "curl -s -X POST 'http://h/v1/runs'",
        "-H 'content-type: application/json'",
        `-d '{"code": "print('\\''a'\\'')"}'`,
      ].join(' \\\n  '),
    );
  });
});
