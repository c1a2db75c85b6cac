import type { APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { NotFoundError } from '#domain/errors.ts';
import { readJsonBody } from '#middleware/json-body.ts';
import { parsePart } from '#middleware/parse-part.ts';
import type { ApiServices } from '#ports/services.ts';
import type { ApiEvent } from './api-event.ts';
import type { RequestSchemas } from './requests.ts';

type Part<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request as a route sees it: parsed, and of a known owner. */
export type RouteRequest<S extends RequestSchemas> = {
  /** Whose runs it may see and make; '' on a route for anyone. */
  owner: string;
  params: Part<S['params']>;
  query: Part<S['query']>;
  headers: Part<S['headers']>;
  body: Part<S['body']>;
};

export type RouteHandler<S extends RequestSchemas> = (
  request: RouteRequest<S>,
  services: ApiServices,
) => Promise<APIGatewayProxyResult>;

/** Answers an event of one route; rejects with an error of the problem table. */
export type RouteAnswer = (
  event: ApiEvent,
  owner: string,
  services: ApiServices,
) => Promise<APIGatewayProxyResult>;

export type Route = {
  /** `anyone` is not asked who they are. */
  access: 'owner' | 'anyone';
  request: RequestSchemas;
  load: () => Promise<RouteAnswer>;
};

/** A route with where it answers. */
export type RouteEntry = { method: string; path: string; route: Route };

/** An entry of the registry: the route's module is loaded when the route is first asked for. */
export function route<S extends RequestSchemas>(
  request: S,
  load: () => Promise<{ handle: RouteHandler<S> }>,
  access: Route['access'] = 'owner',
): Route {
  return {
    access,
    request,
    load: async () => {
      const { handle } = await load();
      return async (event, owner, services) => handle(parseRequest(request, event, owner), services);
    },
  };
}

function parseRequest<S extends RequestSchemas>(schemas: S, event: ApiEvent, owner: string): RouteRequest<S> {
  const { params, query, headers, body } = schemas;
  const address = params?.safeParse(event.pathParameters ?? {});
  if (address?.success === false) throw new NotFoundError('no such address');
  return {
    owner,
    params: address?.data,
    query: query && parsePart(query, event.queryStringParameters, 'query'),
    headers: headers && parsePart(headers, event.headers, 'headers'),
    body: body && parsePart(body, readJsonBody(event, event.headers['content-type']), 'body'),
  } as RouteRequest<S>;
}
