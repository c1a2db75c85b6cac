import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StoreUnavailableError } from '#domain/errors.ts';
import { api } from './fixtures/api-under-test.ts';
import { eventOf } from './fixtures/requests.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('GET /v1/health', () => {
  it('is for anyone', async () => {
    const { handler } = api();
    const event = eventOf('GET /v1/health');
    event.requestContext.authorizer = null;

    const { statusCode, body } = await handler(event);

    expect([statusCode, JSON.parse(body)]).toEqual([200, { status: 'ok' }]);
  });

  it('fails with the run store', async () => {
    const { problem, services } = api();
    services.runStore.get = () => Promise.reject(new StoreUnavailableError('disk full'));

    expect((await problem('GET /v1/health')).status).toBe(503);
  });
});
