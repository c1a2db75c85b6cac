import { counters } from '../quotas.ts';
import type { Route, RouteEntry } from '../route.ts';
import { describeAnswers } from './answer-schemas.ts';
import { type Operation, operations } from './operations.ts';
import { describeInput, type SchemaObject } from './plain-schema.ts';

/** A document of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1). */
export type OpenApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, SchemaObject>>;
  components: { schemas: Record<string, SchemaObject>; securitySchemes: Record<string, SchemaObject> };
};

const problem = { 'application/problem+json': { schema: named('Problem') } };

const ELSEWHERE = {
  description:
    'The answer lies at Location, for a few minutes: a PDF, or one too large to be sent from here.',
  headers: describeHeaders({ location: 'Where it lies.' }),
};

const USED_UP = {
  description: 'Too many of these for now. Nothing is counted on your own machine.',
  headers: describeHeaders({ 'retry-after': 'Seconds to wait.' }),
  content: problem,
};

const JSON_TYPE = 'application/json';
const TEXTS = /^text\/|\+json$/;

/** What the API takes and answers, from the schemas that it parses requests with. */
export function openApiDocument(routes: readonly RouteEntry[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const { method, path, route } of routes) {
    const key = `${method} ${path}`;
    const operation = operations[key as keyof typeof operations];
    const isCounted = counters[key] !== undefined;
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(route, operation, isCounted) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'SGCode',
      version: '1',
      description:
        'Takes a Python program and gives back a secured one, with the evidence. Errors are problem documents (RFC 9457).',
    },
    paths,
    components: {
      schemas: describeAnswers(),
      securitySchemes: { ApiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  };
}

function describeOperation(
  { request, access }: Route,
  operation: Operation,
  isCounted: boolean,
): SchemaObject {
  const { summary, operationId } = operation;
  return {
    operationId,
    summary,
    // On one's own machine there are no keys.
    security: access === 'anyone' ? [] : [{}, { ApiKey: [] }],
    parameters: [
      ...parameters(request.params, 'path'),
      ...parameters(request.query, 'query'),
      ...parameters(request.headers, 'header'),
    ],
    ...(request.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [JSON_TYPE]: {
                schema: describeInput(request.body),
                ...(operation.example === undefined ? {} : { example: operation.example }),
              },
            },
          },
        }),
    responses: {
      [operation.status]: {
        description: summary,
        ...answerContent(operation),
        ...(operation.headers === undefined ? {} : { headers: describeHeaders(operation.headers) }),
      },
      ...(operation.also === undefined ? {} : { 303: ELSEWHERE }),
      ...(isCounted ? { 429: USED_UP } : {}),
      default: { description: 'What went wrong, and how to mend it.', content: problem },
    },
  };
}

function parameters(schema: Route['request']['params'], place: 'path' | 'query' | 'header'): SchemaObject[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = describeInput(schema);
  return Object.entries(properties as Record<string, SchemaObject>)
    .filter(([name]) => name !== 'accept')
    .map(([name, property]) => ({
      name,
      in: place,
      required: (required as string[]).includes(name),
      schema: property,
    }));
}

function answerContent({ answer, also = [], operationId }: Operation): SchemaObject {
  if (operationId === 'getOpenApi') return { content: { [JSON_TYPE]: { schema: { type: 'object' } } } };
  if (answer === undefined) return {};
  const others = also.map((type) => [type, TEXTS.test(type) ? { schema: { type: 'string' } } : {}] as const);
  return { content: { [JSON_TYPE]: { schema: named(answer) }, ...Object.fromEntries(others) } };
}

function describeHeaders(headers: Readonly<Record<string, string>>): SchemaObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function named(name: string): SchemaObject {
  return { $ref: `#/components/schemas/${name}` };
}
