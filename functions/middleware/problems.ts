import { STATUS_CODES } from 'node:http';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { QuotaExceededError } from '#domain/errors.ts';
import { type FieldError, InvalidRequestError, MethodNotAllowedError } from './request-errors.ts';

/** A problem document of RFC 9457. */
export type Problem = {
  type: 'about:blank';
  title: string;
  status: number;
  detail?: string;
  /** The wrong fields of a request. */
  errors?: readonly FieldError[];
  /** Names this request to whoever runs the server; only where they have to look. */
  requestId?: string;
};

/** A failure of ours. The error may quote the user's code: nothing but its name belongs into a log. */
export type Failure = { requestId: string; error: unknown };

type Entry = {
  status: number;
  /** The sentence for the caller; null where the error's own message was written for them. */
  detail: string | null;
  retryAfter?: number;
};

const MAX_DETAIL_CHARACTERS = 1000;

/** `error.name` → how it is answered. What is not here is a fault of ours, of which the caller learns nothing. */
const entries: ReadonlyMap<string, Entry> = new Map([
  ['InvalidRequestError', { status: 400, detail: null }],
  ['InvalidInputError', { status: 400, detail: null }],
  ['ForbiddenError', { status: 403, detail: null }],
  ['NotFoundError', { status: 404, detail: 'There is nothing here, or it is not yours.' }],
  ['MethodNotAllowedError', { status: 405, detail: null }],
  ['NotAcceptableError', { status: 406, detail: null }],
  ['ConflictError', { status: 409, detail: null }],
  ['NotFinishedError', { status: 409, detail: null, retryAfter: 1 }],
  ['InputTooLargeError', { status: 413, detail: null }],
  ['UnsupportedMediaTypeError', { status: 415, detail: null }],
  ['MisdirectedRequestError', { status: 421, detail: null }],
  // The worker's clock starts when it takes the code: this code takes too long, and would the next time too.
  ['WorkerTimeoutError', { status: 422, detail: 'The code could not be analyzed within the time limit.' }],
  ['QuotaExceededError', { status: 429, detail: null }],
  [
    'WorkerLostError',
    { status: 503, detail: 'The analysis was interrupted. Try it once more.', retryAfter: 1 },
  ],
  [
    'PdfUnavailableError',
    { status: 503, detail: 'The PDF cannot be made at the moment. Take the report as HTML.' },
  ],
  ['SecretUnavailableError', { status: 503, detail: 'Keys for models cannot be kept at the moment.' }],
  [
    'StoreUnavailableError',
    { status: 503, detail: 'Runs and reports cannot be read or written at the moment.', retryAfter: 5 },
  ],
]);

/** The answer to a request that failed with `error`. */
export function problemAnswer(error: unknown, requestId: string): APIGatewayProxyResult {
  const entry = error instanceof Error ? entries.get(error.name) : undefined;
  const { status, detail, ...known } = entry ?? { status: 500, detail: 'Something failed on our side.' };
  const retryAfter = error instanceof QuotaExceededError ? error.retryAfterSeconds : known.retryAfter;
  const problem: Problem = {
    ...plainProblem(status, detail ?? (error instanceof Error ? error.message : '')),
    ...(error instanceof InvalidRequestError ? { errors: error.errors } : {}),
    ...(status >= 500 ? { requestId } : {}),
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(error instanceof MethodNotAllowedError ? { allow: error.allowed.join(', ') } : {}),
    },
    body: JSON.stringify(problem),
  };
}

/** A problem document without extensions. */
export function plainProblem(status: number, detail: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: detail.slice(0, MAX_DETAIL_CHARACTERS).toWellFormed(),
  };
}

type ProblemEvent = { requestContext: { requestId: string } };

/** Turns whatever a request throws into its problem document; tells `onFailure` of what is not the caller's doing. */
export function problems(
  onFailure: ((failure: Failure) => void) | undefined,
): MiddlewareObj<ProblemEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      const answer = problemAnswer(request.error, requestId);
      request.response = answer;
      if (answer.statusCode >= 500) onFailure?.({ requestId, error: request.error });
    },
  };
}
