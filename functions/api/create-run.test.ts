import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { SecretUnavailableError, StoreUnavailableError } from '#domain/errors.ts';
import { RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { api, NO_RUN } from './fixtures/api-under-test.ts';

const KEY = 'sk-canary-5f0e9b';
const general = { name: 'm', baseUrl: 'https://models.example/v1' };
const settings = { models: { general, safecoder: { ...general, template: 'safecoder' } } };
const headers = { 'SGCode-Model-Key': KEY };
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('POST /v1/runs with a model', () => {
  it('takes a prompt in, which a general model is to answer', async () => {
    const { send, blobs, launched } = api();

    const answer = await send('POST /v1/runs', { body: { prompt: 'a parser ☕', settings } });

    const run = RunSchema.parse(JSON.parse(answer.text));
    expect([answer.status, run.input, run.settings.mechanism]).toEqual([202, 'prompt', 'hybrid']);
    expect(JSON.parse(textOf(blobs.get(runKeys(run.id).prompt)))).toEqual({ prompt: 'a parser ☕' });
    expect(launched).toEqual([run.id]);
  });

  it.each([
    [{ code: '', settings: { mechanism: 'hybrid' } }, 'none is set'],
    [{ code: '', settings: { ...settings, mechanism: 'safecoder' } }, 'take promsec+safecoder or hybrid'],
    [{ prompt: 'a parser' }, 'which is not set: name it in settings.models.general'],
  ])('says what is missing: %#', async (body, detail) => {
    const { problem, rows, blobs } = api();

    const answer = await problem('POST /v1/runs', { body });

    expect([answer.status, rows.length, blobs.size]).toEqual([400, 0, 0]);
    expect(answer.detail).toContain(detail);
  });

  it('keeps the keys of its headers sealed, each for its model', async () => {
    const { createRun, blobs } = api();

    const one = await createRun({ code: '', settings }, { ...headers, 'sgcode-safecoder-key': 'sk-two' });
    const none = await createRun({ code: '', settings });

    const kept = (['general', 'safecoder'] as const).map((role) => blobs.get(runKeys(one.id).modelKey(role)));
    expect(kept.map((bytes) => JSON.parse(textOf(bytes)).host)).toEqual(Array(2).fill('models.example:443'));
    expect(blobs.has(runKeys(none.id).modelKey('general'))).toBe(false);
  });

  it('wants no key for a model that is not set', async () => {
    const { problem, blobs } = api();

    const answer = await problem('POST /v1/runs', { body: { code: '' }, headers });

    expect([answer.status, blobs.size]).toEqual([400, 0]);
    expect(answer.detail).toContain('settings.models.general');
  });

  it.each(['', `${KEY} `, ` ${KEY}`, `${KEY}, ${KEY}`, `${KEY}\u0000`, `${KEY}é`, KEY.repeat(100)])(
    'refuses the key %#, and does not quote it',
    async (key) => {
      const { send, blobs, rows } = api();

      const { status, text } = await send('POST /v1/runs', {
        body: { code: '', settings },
        headers: { 'sgcode-model-key': key },
      });

      expect([status, blobs.size, rows.length]).toEqual([400, 0, 0]);
      expect(JSON.parse(text).errors[0].field).toBe('sgcode-model-key');
      expect(text).not.toContain('canary');
    },
  );
});

describe('the key of a header', () => {
  it('is in no answer to any request, in no failure that is told of, and in no blob', async () => {
    const { send, services, failures, blobs, rows } = api();
    const body = { code: 'x = 1\n', settings };
    const lines = [
      ...['POST /v1/runs', 'GET /v1/runs', `GET /v1/runs/${NO_RUN}`, `DELETE /v1/runs/${NO_RUN}`],
      ...[
        `GET /v1/runs/${NO_RUN}/report`,
        'GET /v1/health',
        'PUT /v1/runs',
        'GET /nothing',
        'OPTIONS /v1/runs',
      ],
    ];
    const faulty = [{ code: 7 }, { code: '', prompt: 'x' }, { code: '', settings: { models: 7 } }, null];
    const answers = [
      ...(await Promise.all(lines.map((line) => send(line, { headers, body })))),
      ...(await Promise.all(faulty.map((part) => send('POST /v1/runs', { headers, body: part })))),
      await send('POST /v1/runs', { headers, text: '{' }),
      await send('POST /v1/runs', { headers, text: 'x'.repeat(1_300_000) }),
      await send('POST /v1/runs', { headers: { ...headers, 'idempotency-key': 'k' }, body }),
      await send('POST /v1/runs', {
        headers: { ...headers, 'idempotency-key': 'k' },
        body: { ...body, code: '' },
      }),
    ];
    const run = RunSchema.parse(JSON.parse(answers[0]?.text ?? ''));
    answers.push(await send(`GET /v1/runs/${run.id}`), await send('GET /v1/runs'));
    services.runLauncher.launch = () => Promise.reject(new Error('out of order'));
    answers.push(await send('POST /v1/runs', { headers, body }));

    expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(6);
    expect(failures).toHaveLength(1);
    expect(JSON.stringify(answers)).not.toContain(KEY);
    expect(inspect(failures, { depth: 20, showHidden: true })).not.toContain(KEY);
    for (const bytes of blobs.values()) expect(textOf(bytes)).not.toContain(KEY);
    expect(JSON.stringify(rows.map((row) => row.run))).not.toContain(KEY);
  });

  it('is gone with a run that could not be launched', async () => {
    const { services, problem, blobs } = api();
    services.runLauncher.launch = () => Promise.reject(new StoreUnavailableError('disk full'));

    await problem('POST /v1/runs', { body: { code: '', settings }, headers });

    expect(blobs.size).toBe(0);
  });

  it('is taken in only where it can be sealed', async () => {
    const { services, problem, blobs, rows, failures } = api();
    services.secretBox.seal = () =>
      Promise.reject(new SecretUnavailableError('The key file /home/x is short.'));

    const answer = await problem('POST /v1/runs', { body: { code: '', settings }, headers });

    expect([answer.status, blobs.size, rows.length, failures.length]).toEqual([503, 0, 0, 1]);
    expect(answer.detail).toBe('Keys for models cannot be kept at the moment.');
  });
});
