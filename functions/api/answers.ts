import type { APIGatewayProxyResult } from 'aws-lambda';

type Headers = Record<string, string>;

/** A JSON document as an answer. */
export function jsonAnswer(
  statusCode: number,
  document: unknown,
  headers: Headers = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(document),
  };
}

/** The answer to what was done and has nothing to show. */
export function emptyAnswer(): APIGatewayProxyResult {
  return { statusCode: 204, headers: {}, body: '' };
}
