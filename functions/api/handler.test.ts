import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { StoreUnavailableError, WorkerLostError, WorkerTimeoutError } from '#domain/errors.ts';
import { failedReport, hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import { ReportSchema } from '#domain/report.ts';
import { RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { api, NO_RUN } from './fixtures/api-under-test.ts';
import { eventOf } from './fixtures/requests.ts';

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

describe('GET /v1/runs', () => {
  it('pages through the owner’s runs, the newest first', async () => {
    const { send, createRun, services } = api();
    const ids = [(await createRun()).id, (await createRun()).id, (await createRun()).id];
    await services.runStore.create({
      id: NO_RUN,
      owner: 'bob',
      path: 'b.py',
      settings: securedReport.settings,
      input: 'code',
      hasTests: false,
      createdAt: securedReport.createdAt,
    });
    const PageSchema = z.strictObject({ runs: z.array(RunSchema), next: z.string().nullable() });

    const first = PageSchema.parse(JSON.parse((await send('GET /v1/runs?limit=2')).text));
    const second = PageSchema.parse(JSON.parse((await send(`GET /v1/runs?cursor=${first.next}`)).text));

    expect([...first.runs, ...second.runs].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.next).toBeNull();
  });

  it.each(['limit=0', 'limit=101', 'limit=', 'limit=1.5', 'limit=-1', 'cursor=', 'cursor=x'])(
    'refuses %s',
    async (query) => {
      const { problem } = api();

      expect((await problem(`GET /v1/runs?${query}`)).status).toBe(400);
    },
  );
});

describe('GET /v1/runs/{runId}', () => {
  it('tells how far a run has come', async () => {
    const { send, createRun } = api();
    const run = await createRun();

    const { status, text } = await send(`GET /v1/runs/${run.id}`);

    expect([status, JSON.parse(text)]).toEqual([200, run]);
  });

  it.each([NO_RUN, 'x', '%2e%2e', '%', 'F'.repeat(32), `${'0'.repeat(31)}%00`])(
    'does not find %s, in the same words as a run of somebody else',
    async (id) => {
      const { handler, problem, createRun } = api();
      const run = await createRun();
      const event = eventOf(`GET /v1/runs/${run.id}`);
      event.requestContext.authorizer = { owner: 'mallory' };

      const { headers: _, ...missing } = await problem(`GET /v1/runs/${id}`);
      const foreign = await handler(event);

      expect(missing.status).toBe(404);
      expect(JSON.parse(foreign.body)).toEqual(missing);
    },
  );
});

describe('POST /v1/runs/{runId}/cancel', () => {
  it('asks a run to stop, and leaves a finished one as it is', async () => {
    const { send, createRun, finish } = api();
    const { id } = await createRun();
    const ended = await createRun();
    await finish(ended.id);

    const stopping = await send(`POST /v1/runs/${id}/cancel`);
    const finished = await send(`POST /v1/runs/${ended.id}/cancel`, { body: {} });

    expect(stopping.status).toBe(202);
    expect(JSON.parse(stopping.text)).toMatchObject({ id, cancelRequested: true });
    expect(finished.status).toBe(200);
    expect(JSON.parse(finished.text)).toMatchObject({ status: 'finished', cancelRequested: false });
  });

  it('does not stop the run of somebody else', async () => {
    const { handler, createRun, rows } = api();
    const { id } = await createRun();
    const event = eventOf(`POST /v1/runs/${id}/cancel`);
    event.requestContext.authorizer = { owner: 'mallory' };

    const { statusCode } = await handler(event);

    expect(statusCode).toBe(404);
    expect(rows[0]?.run.cancelRequested).toBe(false);
  });
});

describe('DELETE /v1/runs/{runId}', () => {
  it('removes a finished run with its blobs', async () => {
    const { send, createRun, finish, rows, blobs } = api();
    const { id } = await createRun();
    const kept = await createRun();
    await finish(id);

    const { status, text } = await send(`DELETE /v1/runs/${id}`);

    expect([status, text]).toEqual([204, '']);
    expect(rows.map(({ run }) => run.id)).toEqual([kept.id]);
    expect([...blobs.keys()]).toEqual([runKeys(kept.id).original]);
    expect((await send(`DELETE /v1/runs/${id}`)).status).toBe(404);
  });

  it('stops a run at work and removes what it wrote until it stopped', async () => {
    const { send, createRun, finish, services, rows, blobs } = api();
    const { id } = await createRun();
    await services.runStore.markRunning(id);

    const deleting = send(`DELETE /v1/runs/${id}`);
    while (!(await services.runStore.isCancelRequested(id))) await new Promise(setImmediate);
    await finish(id);

    expect((await deleting).status).toBe(204);
    expect([rows.length, blobs.size]).toEqual([0, 0]);
  });

  it('removes a run at once whose process is gone', async () => {
    const { send, createRun, services, rows } = api();
    const run = await createRun();
    services.runStore.abandoned = async () => [run];

    expect((await send(`DELETE /v1/runs/${run.id}`)).status).toBe(204);
    expect(rows).toHaveLength(0);
  });

  it('says so when a run does not stop, and keeps it', async () => {
    const { problem, createRun, rows, blobs } = api();
    const { id } = await createRun();
    jest.useFakeTimers();

    const deleting = problem(`DELETE /v1/runs/${id}`);
    await jest.advanceTimersByTimeAsync(20_000);

    const { status, headers } = await deleting;
    expect([status, headers['retry-after']]).toEqual([409, '1']);
    expect([rows.length, blobs.size]).toEqual([1, 1]);
  });

  it('keeps the run when its blobs cannot be removed, so that it can be asked for again', async () => {
    const { problem, createRun, finish, services, rows } = api();
    const { id } = await createRun();
    await finish(id);
    services.blobStore.deletePrefix = () => Promise.reject(new StoreUnavailableError('disk'));

    expect((await problem(`DELETE /v1/runs/${id}`)).status).toBe(503);
    expect(rows).toHaveLength(1);
  });
});

describe('GET /v1/runs/{runId}/report', () => {
  async function reported(report = securedReport) {
    const all = api();
    const { id } = await all.createRun();
    await all.finish(id, report);
    return { ...all, id, address: `GET /v1/runs/${id}/report` };
  }

  it('gives the whole report as JSON', async () => {
    const { send, address, id } = await reported();

    const { status, headers, text } = await send(address);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(ReportSchema.parse(JSON.parse(text))).toEqual({ ...securedReport, runId: id });
  });

  it.each([
    ['json', 'application/json', /^\{/],
    ['sarif', 'application/sarif+json', /"version": "2\.1\.0"/],
    ['html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['patch', 'text/x-diff; charset=utf-8', /^diff --git a\//],
    ['text', 'text/plain; charset=utf-8', /Secured/],
  ])('is written as %s by name and by Accept', async (format, type, pattern) => {
    const { send, address } = await reported();

    const byName = await send(`${address}?format=${format}`, { headers: { Accept: 'image/png' } });
    const byAccept = await send(address, { headers: { ACCEPT: type } });

    for (const { status, headers, text } of [byName, byAccept]) {
      expect([status, headers['content-type'], headers.vary]).toEqual([200, type, 'accept']);
      expect(text).toMatch(pattern);
    }
  });

  it('lists in SARIF what is left in the secured code', async () => {
    const { send, address } = await reported();

    const { text } = await send(`${address}?format=sarif`);

    const rules = JSON.parse(text).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect([...rules].sort()).toEqual(securedReport.secured.findings.map(({ rule }) => rule).sort());
  });

  it('is readable where the code could not be', async () => {
    const { send, address } = await reported(failedReport);

    for (const format of ['json', 'sarif', 'html', 'patch', 'text']) {
      expect((await send(`${address}?format=${format}`)).status).toBe(200);
    }
  });

  it('gives a browser the page, under a policy that names the page’s style sheet', async () => {
    const { send, address } = await reported(hostileReport);

    const { headers, text } = await send(address, {
      headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
    });

    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).not.toContain('<script');
  });

  it('names downloads itself, whatever the file was called', async () => {
    const { send, address } = await reported({ ...securedReport, path: '../"\r\nx: y' });

    const patch = await send(`${address}?format=patch`);
    const json = await send(`${address}?format=json`);

    expect(patch.headers['content-disposition']).toBe('attachment; filename="sgcode.patch"');
    expect(json.headers['content-disposition']).toBe('attachment; filename="sgcode-report.json"');
  });

  it('is not there before the run is finished', async () => {
    const { problem, createRun } = api();
    const { id } = await createRun();

    const { status, detail, headers } = await problem(`GET /v1/runs/${id}/report`);

    expect([status, headers['retry-after']]).toEqual([409, '1']);
    expect(detail).toContain('queued');
  });

  it.each([
    ['?format=pdf', '*/*'],
    ['', 'application/pdf, text/html;q=0.5'],
  ])('comes as bytes where it is asked for as a PDF: %s %s', async (query, accept) => {
    const { handler, address } = await reported();

    const answer = await handler(eventOf(`${address}${query}`, { headers: { accept } }));

    expect([answer.statusCode, answer.headers?.['content-type'], answer.isBase64Encoded]).toEqual([
      200,
      'application/pdf',
      true,
    ]);
    expect(Buffer.from(answer.body, 'base64').toString('utf8')).toBe('%PDF-1.7 \u00ff');
  });

  it.each([
    ['?format=docx', '*/*'],
    ['?format=toString', '*/*'],
    ['', 'application/msword, image/*'],
    ['', '*/*;q=0'],
  ])('is not offered as %s by %s', async (query, accept) => {
    const { problem, address } = await reported();

    const { status, detail } = await problem(`${address}${query}`, { headers: { accept } });

    expect(status).toBe(406);
    expect(detail).toContain('json');
  });

  it('is not shown to somebody else, and not found where it was never written', async () => {
    const { handler, problem, address, id, blobs } = await reported();
    const event = eventOf(address);
    event.requestContext.authorizer = { owner: 'mallory' };

    const foreign = await handler(event);
    blobs.delete(runKeys(id).report);
    const lost = await problem(address);

    expect([foreign.statusCode, lost.status]).toEqual([404, 404]);
  });
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
