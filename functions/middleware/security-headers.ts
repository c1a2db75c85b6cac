import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';

/** Answers hold code and what is wrong with it: nobody keeps, guesses at, frames or embeds them. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;

/** The answer with the headers that every answer has; its own of the same name stay. */
export function withSecurityHeaders(answer: APIGatewayProxyResult): APIGatewayProxyResult {
  return { ...answer, headers: { ...everywhere, ...answer.headers } };
}

/** Puts the security headers on every answer, problems included. */
export function securityHeaders(): MiddlewareObj<unknown, APIGatewayProxyResult> {
  const add: NonNullable<MiddlewareObj<unknown, APIGatewayProxyResult>['after']> = (request) => {
    if (request.response) request.response = withSecurityHeaders(request.response);
  };
  return { after: add, onError: add };
}
