import middy from '@middy/core';
import httpRouter, { type Method } from '@middy/http-router';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { NotFoundError } from '#domain/errors.ts';
import { limitBody } from '#middleware/json-body.ts';
import { type Failure, problems } from '#middleware/problems.ts';
import { MethodNotAllowedError } from '#middleware/request-errors.ts';
import { securityHeaders } from '#middleware/security-headers.ts';
import { createUnlimitedQuota } from '#ports/quota/unlimited-quota.ts';
import type { ApiServices } from '#ports/services.ts';
import { type ApiEvent, type ApiEventInput, ApiEventSchema } from './api-event.ts';
import type { Caller } from './caller.ts';
import { counted, defaultLimits, type Quotas } from './quotas.ts';
import type { Route } from './route.ts';
import { allowedMethods, listRoutes } from './routes.ts';

export type ApiOptions = {
  /** Whose request it is. Throws or rejects with ForbiddenError for nobody's. */
  callerOf: (event: ApiEvent) => Caller | Promise<Caller>;
  /** Without them nothing is counted. */
  quotas?: Quotas;
  /** Told of every answer of 500 and more. */
  onFailure?: (failure: Failure) => void;
};

/**
 * The API as API Gateway and the local server invoke it. What goes wrong is a problem document; only an event of
 * another form rejects.
 */
export type ApiHandler = (event: ApiEventInput, context?: unknown) => Promise<APIGatewayProxyResult>;

/** One handler for every route of the registry. */
export function createApiHandler(services: ApiServices, options: ApiOptions): ApiHandler {
  const { callerOf, quotas = { quota: createUnlimitedQuota(), limits: defaultLimits } } = options;
  const routeHandler = (key: string, entry: Route) => async (event: ApiEvent) => {
    if (entry.access === 'anyone') return (await entry.load())(event, '', services);
    const caller = await callerOf(event);
    const answer = await counted(key, caller, quotas, async () =>
      (await entry.load())(event, caller.owner, services),
    );
    return withCookie(answer, caller);
  };
  const router = httpRouter({
    routes: listRoutes().map(({ method, path, route }) => ({
      method: method as Method,
      path,
      handler: asLambdaHandler(routeHandler(`${method} ${path}`, route)),
    })),
    notFoundResponse: answerWithoutRoute,
  });
  const chain = middy<ApiEvent, APIGatewayProxyResult>()
    .use(securityHeaders())
    .use(problems(options.onFailure))
    .before((request) => limitBody(request.event))
    .handler((event, context) => router(event as unknown as APIGatewayProxyEvent, context));
  return async (input, context = {}) => {
    const event = ApiEventSchema.parse(input);
    const isHead = event.httpMethod === 'HEAD';
    const answer = await chain(isHead ? { ...event, httpMethod: 'GET' } : event, context as never);
    return isHead ? { ...answer, body: '' } : answer;
  };
}

function withCookie(answer: APIGatewayProxyResult, { setCookie }: Caller): APIGatewayProxyResult {
  if (setCookie === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': setCookie } };
}

function answerWithoutRoute({ method, path }: { method: string; path: string }): APIGatewayProxyResult {
  const allowed = allowedMethods(path);
  if (allowed.length === 0) throw new NotFoundError('no such address');
  // A preflight request learns nothing else, so that pages of other origins may send nothing.
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow: allowed.join(', ') }, body: '' };
  throw new MethodNotAllowedError(allowed);
}

type RouterHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** The router types its events as API Gateway's; what it hands over is the parsed event that it was given. */
function asLambdaHandler(handler: (event: ApiEvent) => Promise<APIGatewayProxyResult>): RouterHandler {
  return handler as unknown as RouterHandler;
}
