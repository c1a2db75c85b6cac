import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { WorkerLostError, WorkerTimeoutError } from '#domain/errors.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { api } from './fixtures/api-under-test.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('POST /v1/analyses', () => {
  it('tells what the analyzers find, and keeps nothing', async () => {
    const { send, blobs, rows } = api();

    const practical = await send('POST /v1/analyses', { body: { code: 'x = 1\n' } });
    const paper = await send('POST /v1/analyses', {
      body: { path: 'a.py', code: 'x = 1\n', settings: { policy: 'paper', analyzers: ['bandit'] } },
    });

    const findings = securedReport.original.findings;
    expect(practical.status).toBe(200);
    expect(JSON.parse(practical.text)).toEqual({
      path: 'program.py',
      status: 'analyzed',
      reason: null,
      findings,
    });
    expect(JSON.parse(paper.text)).toMatchObject({
      path: 'a.py',
      findings: findings.map(() => ({ counted: true })),
    });
    expect([blobs.size, rows.length]).toEqual([0, 0]);
  });

  it('refuses what a run should do', async () => {
    const { problem } = api();

    const large = await problem('POST /v1/analyses', { body: { code: 'é'.repeat(100_001) } });
    const settings = await problem('POST /v1/analyses', { body: { code: '', settings: { maxSeconds: 1 } } });

    expect([large.status, settings.status]).toEqual([413, 400]);
    expect(large.detail).toContain('/v1/runs');
  });

  it.each([
    [new WorkerLostError('SIGKILL of /secret'), 503, '1'],
    [new WorkerTimeoutError('30000 ms'), 422, undefined],
    [new TypeError('of the code: password = 1'), 500, undefined],
  ])('answers for a worker that fails with %s', async (error, status, retryAfter) => {
    const { problem, services, failures } = api();
    services.worker.run = () => Promise.reject(error);

    const answer = await problem('POST /v1/analyses', { body: { code: 'x = 1\n' } });

    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    expect(JSON.stringify(answer)).not.toMatch(/secret|password|30000|\.ts/);
    expect(failures).toEqual(status >= 500 ? [{ requestId: 'request-1', error }] : []);
  });
});
