import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StoreUnavailableError } from '#domain/errors.ts';
import { RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { api } from './fixtures/api-under-test.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('POST /v1/runs', () => {
  it('takes a program in and starts its run', async () => {
    const { send, blobs, launched } = api();

    const answer = await send('POST /v1/runs', {
      body: { path: 'app.py', code: 'naïve = "\r\n"\n', settings: { policy: 'paper', maxIterations: 5 } },
    });

    const run = RunSchema.parse(JSON.parse(answer.text));
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe(`/v1/runs/${run.id}`);
    expect(run).toMatchObject({ path: 'app.py', status: 'queued' });
    expect(run.settings).toMatchObject({ policy: 'paper', maxIterations: 5, mechanism: 'rules' });
    expect(launched).toEqual([run.id]);
    expect(new TextDecoder().decode(blobs.get(runKeys(run.id).original))).toBe('naïve = "\r\n"\n');
  });

  it('takes the tests of a program in with it', async () => {
    const { createRun, blobs } = api();

    const run = await createRun({
      code: 'x = 1\n',
      tests: 'def test(): pass\n',
      settings: { behavior: 'always', databaseDriver: 'pymysql' },
    });
    const without = await createRun();

    expect([run.hasTests, run.settings]).toMatchObject([
      true,
      { behavior: 'always', databaseDriver: 'pymysql' },
    ]);
    expect(new TextDecoder().decode(blobs.get(runKeys(run.id).tests))).toBe('def test(): pass\n');
    expect([without.hasTests, blobs.has(runKeys(without.id).tests)]).toEqual([false, false]);
  });

  it('gives the same run back for the same Idempotency-Key, and launches it again while it is queued', async () => {
    const { send, createRun, launched, finish, rows } = api();
    const headers = { 'Idempotency-Key': 'one two' };

    const first = await createRun({ code: 'x = 1\n' }, headers);
    const second = await createRun({ code: 'x = 1\n' }, headers);
    await finish(first.id);
    const third = await createRun({ code: 'x = 1\n' }, headers);
    const other = await send('POST /v1/runs', { body: { code: 'x = 2\n' }, headers });

    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect(launched).toEqual([first.id, first.id]);
    expect(rows).toHaveLength(1);
    expect(other.status).toBe(409);
  });

  it('leaves nothing behind when the run cannot be launched', async () => {
    const { services, problem, rows, blobs } = api();
    services.runLauncher.launch = () => Promise.reject(new StoreUnavailableError('secret place'));

    const answer = await problem('POST /v1/runs', { body: { code: 'x = 1\n' } });

    expect(answer).toMatchObject({ status: 503, requestId: 'request-1' });
    expect(answer.detail).not.toContain('secret');
    expect(answer.headers['retry-after']).toBe('5');
    expect([rows.length, blobs.size]).toEqual([0, 0]);
  });

  it.each([
    ['code is missing', {}, 'code'],
    ['code is no text', { code: 7 }, 'code'],
    ['half a character in the code', { code: 'x = "\ud800"' }, 'code'],
    ['tests that are no text', { code: '', tests: ['assert True'] }, 'tests'],
    ['an unknown time to run it', { code: '', settings: { behavior: 'maybe' } }, 'settings.behavior'],
    ['half a character in the path', { code: '', path: '\udfff' }, 'path'],
    ['an empty path', { code: '', path: '' }, 'path'],
    ['a path without end', { code: '', path: 'a'.repeat(1025) }, 'path'],
    ['an unknown field', { code: '', language: 'python' }, 'language'],
    ['an unknown setting', { code: '', settings: { maxIteration: 2 } }, 'settings.maxIteration'],
    ['a setting out of bounds', { code: '', settings: { maxIterations: 11 } }, 'settings.maxIterations'],
    ['an unknown mechanism', { code: '', settings: { mechanism: 'magic' } }, 'settings.mechanism'],
    ['an unknown driver', { code: '', settings: { databaseDriver: 'odbc' } }, 'settings.databaseDriver'],
    ['an analyzer twice', { code: '', settings: { analyzers: ['bandit', 'bandit'] } }, 'settings.analyzers'],
    ['code and a prompt', { code: '', prompt: 'a parser' }, 'prompt'],
    ['an empty prompt', { prompt: '' }, 'prompt'],
    ['half a character in the prompt', { prompt: '\ud800' }, 'prompt'],
    ['a prompt without end', { prompt: 'x'.repeat(20_001) }, 'prompt'],
    [
      'a model without its address',
      { code: '', settings: { models: { general: { name: 'm' } } } },
      'settings.models.general.baseUrl',
    ],
    ['no object', ['x = 1'], 'body'],
    ['null', null, 'body'],
  ])('names the wrong field: %s', async (_name, body, field) => {
    const { problem, rows, blobs } = api();

    const { status, errors, detail } = await problem('POST /v1/runs', { body });

    expect(status).toBe(400);
    expect(errors?.map((error) => error.field)).toEqual([field]);
    expect(detail).toContain(field);
    expect([rows.length, blobs.size]).toEqual([0, 0]);
  });

  it.each(['', 'ü', 'a'.repeat(201), 'a\u0000b'])('refuses the Idempotency-Key %j', async (key) => {
    const { problem } = api();

    const { status, errors } = await problem('POST /v1/runs', {
      body: { code: '' },
      headers: { 'idempotency-key': key },
    });

    expect(status).toBe(400);
    expect(errors?.[0]?.field).toBe('idempotency-key');
  });

  it('refuses code over its limit and a body over its own, in bytes', async () => {
    const { problem } = api();

    const code = await problem('POST /v1/runs', { body: { code: 'é'.repeat(500_001) } });
    const body = await problem('POST /v1/nothing', { text: 'é'.repeat(600_001) });

    expect([code.status, body.status]).toEqual([413, 413]);
    expect(code.detail).toContain('1,000,002');
    expect(body.detail).toContain('1,200,000');
  });
});
