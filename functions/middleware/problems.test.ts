import { describe, expect, it } from '@jest/globals';
import * as errors from '#domain/errors.ts';
import { problemAnswer } from './problems.ts';
import * as requestErrors from './request-errors.ts';

const MESSAGE = 'What the caller reads.';

describe('problemAnswer', () => {
  it.each([
    [new errors.InvalidInputError(MESSAGE), 400],
    [new errors.ForbiddenError(MESSAGE), 403],
    [new requestErrors.NotAcceptableError(MESSAGE), 406],
    [new errors.ConflictError(MESSAGE), 409],
    [new requestErrors.NotFinishedError(MESSAGE), 409],
    [new errors.InputTooLargeError(MESSAGE), 413],
    [new requestErrors.UnsupportedMediaTypeError(MESSAGE), 415],
    [new requestErrors.MisdirectedRequestError(MESSAGE), 421],
  ])('tells the caller what is theirs to mend: %s', (error, status) => {
    const { statusCode, body, headers } = problemAnswer(error, 'r1');

    expect(statusCode).toBe(status);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, detail: MESSAGE });
  });

  it.each([
    [new errors.NotFoundError(MESSAGE), 404],
    [new errors.WorkerTimeoutError(MESSAGE), 422],
    [new errors.WorkerFailedError(MESSAGE), 500],
    [new errors.WorkerLostError(MESSAGE), 503],
    [new errors.StoreUnavailableError(MESSAGE), 503],
    [new Error(MESSAGE), 500],
    [Object.assign(new Error(MESSAGE), { name: 'toString' }), 500],
    [{ name: 'InvalidInputError', message: MESSAGE }, 500],
    [MESSAGE, 500],
    [undefined, 500],
  ])('keeps to itself what happened here: %s', (error, status) => {
    const { statusCode, body } = problemAnswer(error, 'r1');

    expect(statusCode).toBe(status);
    expect(body).not.toContain(MESSAGE);
    expect(JSON.parse(body).requestId).toBe(status >= 500 ? 'r1' : undefined);
  });

  it('lists the wrong fields and the methods that there are', () => {
    const wrong = [{ field: 'code', message: 'It is missing.' }];

    const invalid = problemAnswer(new requestErrors.InvalidRequestError(wrong), 'r1');
    const method = problemAnswer(new requestErrors.MethodNotAllowedError(['GET', 'HEAD']), 'r1');

    expect(JSON.parse(invalid.body)).toMatchObject({ detail: 'code: It is missing.', errors: wrong });
    expect([method.statusCode, method.headers?.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('says when what is used up can be used again', () => {
    const answer = problemAnswer(new errors.QuotaExceededError(MESSAGE, 3600), 'r1');

    expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([429, '3600']);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 429, detail: MESSAGE });
  });

  it('cuts a message without end', () => {
    const { body } = problemAnswer(new errors.InvalidInputError('\ud83d\ude00'.repeat(100_000)), 'r1');

    expect(body.length).toBeLessThan(2_000);
  });
});
