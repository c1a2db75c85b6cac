import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Run, RunSchema } from '#domain/run.ts';
import {
  fails,
  type ModelServer,
  type ScriptedAnswer,
  says,
  startModelServer,
} from '#ports/code-model/fixtures/model-server.ts';
import { runCommand, type ServedProcess, startServing } from './fixtures/served-process.ts';

jest.setTimeout(90_000);

/** Without an end, a wait would outlive its test. */
const MAX_WAIT_MS = 60_000;

/** What must be found nowhere. It is in the server's environment, too, as a careless user would have it. */
const KEY = 'sk-canary-b81f3e77a0c24d19';
const FORMS = [
  KEY,
  KEY.slice(0, 20),
  // In base64, wherever it begins.
  ...['', ' ', '  '].map((before) =>
    Buffer.from(before + KEY)
      .toString('base64')
      .slice(4, 32),
  ),
  Buffer.from(KEY).toString('hex'),
];

const CODE = 'import yaml\n\n\ndef read(text):\n    return yaml.load(text)\n';
const MENDED = '```python\nimport yaml\n\n\ndef read(text):\n    return yaml.safe_load(text)\n```';
const FORMATS = ['json', 'sarif', 'html', 'text', 'patch'];

let home: string;
let model: ModelServer;
let serving: ServedProcess;
let answer: (authorization: string) => ScriptedAnswer;
/** Everything that a client was answered, and everything that ended servers wrote. */
const told: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sgcode-canary-'));
  model = await startModelServer(({ headers }) => answer(String(headers.authorization)));
  serving = await start();
});
afterAll(async () => {
  await serving.kill('SIGTERM');
  await model.close();
  await rm(home, { recursive: true, force: true });
});
afterEach(async () => {
  expect(traces(told.join('\n'))).toEqual([]);
  expect(traces(serving.written())).toEqual([]);
  expect([...serving.children].flat().flatMap(traces)).toEqual([]);
  expect(await filesWithTraces()).toEqual([]);
});

const environment = () => ({ SGCODE_HOME: home, SGCODE_MODEL_KEY: KEY, OPENAI_API_KEY: KEY });
const start = () => startServing(environment());
const traces = (text: string) => FORMS.filter((form) => text.includes(form));

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function filesWithTraces(): Promise<string[]> {
  const files = await filesIn(home);
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
  return files.filter((_, index) => traces(texts[index] ?? '').length > 0);
}

async function sealedKeys(): Promise<string[]> {
  return (await filesIn(join(home, 'blobs'))).filter((file) => /key-\w+\.json$/.test(file));
}

async function send(path: string, method = 'GET', body?: unknown): Promise<string> {
  const response = await fetch(`${serving.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'sgcode-model-key': KEY },
        }),
  });
  const text = await response.text();
  told.push(JSON.stringify([...response.headers]), text);
  return text;
}

async function begin(settings: object = {}, input: object = { code: CODE }): Promise<Run> {
  const general = { name: 'scripted', baseUrl: model.baseUrl };
  const body = {
    ...input,
    settings: { mechanism: 'promsec', maxSeconds: 20, ...settings, models: { general } },
  };
  return RunSchema.parse(JSON.parse(await send('/v1/runs', 'POST', body)));
}

/** Waits for a run's end and reads everything that is told of it. */
async function ended(id: string): Promise<Run> {
  for (let waited = 0; waited < MAX_WAIT_MS; waited += 50) {
    const run = RunSchema.parse(JSON.parse(await send(`/v1/runs/${id}`)));
    if (run.status === 'finished') {
      for (const format of FORMATS) await send(`/v1/runs/${id}/report?format=${format}`);
      for (const page of ['/', '/v1/runs']) await send(page);
      return run;
    }
    await pause(50);
  }
  throw new Error(`the run ${id} has not ended`);
}

/** Waits until the model was asked. */
async function asked(): Promise<void> {
  for (let waited = 0; model.requests.length === 0; waited += 20) {
    if (waited > MAX_WAIT_MS) throw new Error('the model was not asked');
    await pause(20);
  }
}

describe('a key for a model', () => {
  it.each<[string, (authorization: string) => ScriptedAnswer, object]>([
    ['is answered with code', () => says(MENDED, { prompt: 9, completion: 9 }), { verdict: 'secured' }],
    [
      'is sent back as an answer',
      (authorization) => says(`${MENDED.replace('```\n', '')}\n# ${authorization}\n\`\`\``),
      {},
    ],
    ['is refused', (authorization) => fails(401, { message: authorization, code: authorization }), {}],
    [
      'meets a fault',
      (authorization) => fails(500, { message: authorization }, { 'x-key': authorization }),
      {},
    ],
    ['is answered with a page', (authorization) => ({ body: `<p>${authorization}</p>` }), {}],
  ])('leaves no trace where it %s', async (_name, scripted, outcome) => {
    model.requests.length = 0;
    answer = scripted;

    const run = await ended((await begin()).id);

    // The canary did fly, and processes were watched on its way.
    expect(model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect([...serving.children].join('\n')).toContain('sgcode_worker');
    expect(run.outcome).toMatchObject({ cancelled: false, ...outcome });
    expect(await sealedKeys()).toEqual([]);
  });

  it('leaves no trace where code is generated with it', async () => {
    model.requests.length = 0;
    answer = () => says(MENDED);

    await ended((await begin({}, { prompt: 'read YAML' })).id);

    expect(model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(await sealedKeys()).toEqual([]);
  });

  it('leaves no trace where the command line reads it from the environment', async () => {
    model.requests.length = 0;
    answer = (authorization) => fails(403, { message: authorization });
    await writeFile(join(home, 'app.py'), CODE);
    const server = ['--model', 'scripted', '--base-url', model.baseUrl, '--api-key-env', 'SGCODE_MODEL_KEY'];

    const { code, written } = await runCommand(
      ['harden', join(home, 'app.py'), '--mechanism', 'promsec', ...server, '--json', '-'],
      environment(),
    );

    told.push(written);
    expect(model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect([code, await sealedKeys()]).toEqual([1, []]);
    expect(written).toContain('403');
  });

  it('lies sealed while the model works, and is deleted where the run is cancelled', async () => {
    model.requests.length = 0;
    answer = () => ({ isSilent: true });
    const { id } = await begin({ maxSeconds: 4 });
    await asked();
    const during = [await sealedKeys(), await filesWithTraces()];

    await send(`/v1/runs/${id}/cancel`, 'POST');
    await ended(id);

    expect(during).toEqual([[expect.stringContaining(`${id}/key-general.json`)], []]);
    expect(await sealedKeys()).toEqual([]);
  });

  it('is deleted where the process is killed, as soon as the next one finalizes the run', async () => {
    model.requests.length = 0;
    answer = () => ({ isSilent: true });
    const { id } = await begin();
    await asked();

    await serving.kill('SIGKILL');
    const before = [(await sealedKeys()).length, await filesWithTraces()];
    told.push(serving.written(), ...[...serving.children].flat());
    serving = await start();
    const run = await ended(id);

    expect(before).toEqual([1, []]);
    expect(run.outcome).toMatchObject({ failure: { step: 'Repair' } });
    expect(await sealedKeys()).toEqual([]);
  });

  it('is not taken in, nor repeated, where the request is wrong', async () => {
    const general = { name: 'scripted', baseUrl: model.baseUrl };
    const wrong = [
      { code: CODE },
      { code: CODE, prompt: 'x', settings: { models: { general } } },
      { settings: { models: { general } } },
      { code: CODE, settings: { mechanism: 'safecoder', models: { general } } },
    ];

    const answers = await Promise.all(wrong.map((body) => send('/v1/runs', 'POST', body)));

    expect(answers.map((text) => JSON.parse(text).status)).toEqual([400, 400, 400, 400]);
    expect(await sealedKeys()).toEqual([]);
  });

  it('is opened by a key that only this user can read', async () => {
    const [file = ''] = (await filesIn(home)).filter((name) => name.endsWith('secret.key'));

    expect((await readFile(file)).byteLength).toBe(32);
  });
});
