import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ModelBusyError } from '#domain/errors.ts';
import { ModelSettingsSchema } from '#domain/model-settings.ts';
import { describeCodeModel } from './code-model.contract.ts';
import type { CodeModel, ModelRequest } from './code-model.ts';
import { createOpenAiCodeModel } from './openai-code-model.ts';
import { createRecordedCodeModel } from './recorded-code-model.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const freshFile = async () => join(await mkdtemp(join(folder, 'r-')), 'calls.jsonl');

describeCodeModel('a recording code model', async () =>
  createRecordedCodeModel(
    createOpenAiCodeModel({ isLoopbackAllowed: true, isHttpAllowed: true }),
    await freshFile(),
  ),
);

describe('the recorded code model', () => {
  const settings = ModelSettingsSchema.parse({ name: 'tiny', baseUrl: 'https://models.example/v1' });
  const connection = { settings, apiKey: 'sk-canary-4f9c2b7e11d84a06' };
  const ask = (content: string, boundary?: string): ModelRequest => ({
    messages: [{ role: 'user', content }],
    maxTokens: 50,
    ...(boundary && { boundary }),
  });
  const linesOf = async (file: string) => (await readFile(file, 'utf8')).trimEnd().split('\n');

  /** A model that says how often it was asked, and what. */
  const counting = (): CodeModel & { asked: number } => {
    const model = {
      asked: 0,
      async complete({ messages }: ModelRequest) {
        model.asked += 1;
        const text = `${model.asked}: ${messages[0]?.content}`;
        return {
          text,
          finish: 'stop' as const,
          tokens: { prompt: 1, completion: 2, estimated: false },
          ms: 3,
        };
      },
      list: async () => ['tiny'],
    };
    return model;
  };

  let file: string;
  beforeEach(async () => {
    file = await freshFile();
  });

  it('asks nothing twice, in this process or the next', async () => {
    const inner = counting();
    const first = createRecordedCodeModel(inner, file);

    const replies = [await first.complete(ask('a'), connection), await first.complete(ask('a'), connection)];
    const replayed = await createRecordedCodeModel(null, file).complete(ask('a'), connection);

    expect(inner.asked).toBe(1);
    expect(replies[1]).toEqual(replies[0]);
    expect(replayed).toEqual(replies[0]);
    expect(await linesOf(file)).toHaveLength(1);
  });

  it('asks once where two ask the same at the same time, and keeps every line whole', async () => {
    const inner = counting();
    const model = createRecordedCodeModel(inner, file);
    const questions = Array.from({ length: 60 }, (_, n) => `${n % 30}`.repeat(3000));

    await Promise.all(questions.map((text) => model.complete(ask(text), connection)));

    expect(inner.asked).toBe(30);
    const lines = await linesOf(file);
    expect(new Set(lines.map((line) => JSON.parse(line).hash)).size).toBe(30);
    expect(lines).toHaveLength(30);
  });

  it('knows a request whatever its random boundary, which comes back in the answer', async () => {
    const inner = counting();
    await createRecordedCodeModel(inner, file).complete(ask('<<<aa11 x aa11>>>', 'aa11'), connection);

    const replayed = await createRecordedCodeModel(null, file).complete(
      ask('<<<bb22 x bb22>>>', 'bb22'),
      connection,
    );

    expect(replayed.text).toBe('1: <<<bb22 x bb22>>>');
    expect(await readFile(file, 'utf8')).not.toContain('aa11');
  });

  it.each([
    ['prompt', ask('b'), settings],
    ['limit', { ...ask('a'), maxTokens: 51 }, settings],
    ['schema', { ...ask('a'), jsonSchema: { name: 'x', schema: {} } }, settings],
    ['model', ask('a'), { ...settings, name: 'large' }],
    ['template', ask('a'), { ...settings, template: 'safecoder' as const }],
  ])('takes another %s for another request, and says how to record it', async (_, request, changed) => {
    await createRecordedCodeModel(counting(), file).complete(ask('a'), connection);

    const call = createRecordedCodeModel(null, file).complete(request, { ...connection, settings: changed });

    await expect(call).rejects.toMatchObject({
      name: 'ModelRefusedError',
      message: expect.stringMatching(/request [0-9a-f]{64}.*To record it.*calls\.jsonl/),
    });
  });

  it('takes neither the host nor the key into account', async () => {
    await createRecordedCodeModel(counting(), file).complete(ask('a'), connection);
    const elsewhere = { settings: { ...settings, baseUrl: 'http://127.0.0.1:8000/v1' }, apiKey: null };

    expect(await createRecordedCodeModel(null, file).complete(ask('a'), elsewhere)).toMatchObject({
      text: '1: a',
    });
  });

  it('keeps what was asked and answered, for its user only, and no key', async () => {
    const model = createRecordedCodeModel(counting(), file);

    await model.complete(ask(`key ${connection.apiKey}`), connection);

    const [line = ''] = await linesOf(file);
    expect(JSON.parse(line)).toEqual({
      hash: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      model: 'tiny',
      host: 'models.example',
      request: { messages: [{ role: 'user', content: 'key [key]' }], maxTokens: 50, template: 'chat' },
      reply: { text: '1: key [key]', finish: 'stop', tokens: expect.any(Object), ms: 3 },
    });
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('goes on after a line that was cut off', async () => {
    await createRecordedCodeModel(counting(), file).complete(ask('a'), connection);
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}${text.slice(0, 100)}`);
    const inner = counting();

    const again = createRecordedCodeModel(inner, file);
    await again.complete(ask('b'), connection);

    const replay = createRecordedCodeModel(null, file);
    expect(await replay.complete(ask('a'), connection)).toMatchObject({ text: '1: a' });
    expect(await replay.complete(ask('b'), connection)).toMatchObject({ text: '1: b' });
  });

  it('goes on after another process was killed while it wrote', async () => {
    const model = createRecordedCodeModel(counting(), file);
    await model.complete(ask('a'), connection);
    await appendFile(file, '{"hash": "0');

    await model.complete(ask('b'), connection);

    expect(await createRecordedCodeModel(null, file).complete(ask('b'), connection)).toMatchObject({
      text: '2: b',
    });
  });

  it('finds what another process recorded meanwhile', async () => {
    const [one, two] = [counting(), counting()];
    const [first, second] = [createRecordedCodeModel(one, file), createRecordedCodeModel(two, file)];
    await second.complete(ask('a'), connection);

    await first.complete(ask('b'), connection);
    const reply = await second.complete(ask('b'), connection);

    expect([one.asked, two.asked, reply.text]).toEqual([1, 1, '1: b']);
  });

  it('keeps no error', async () => {
    const inner = counting();
    const failing = { ...inner, complete: () => Promise.reject(new ModelBusyError('busy')) };

    await expect(createRecordedCodeModel(failing, file).complete(ask('a'), connection)).rejects.toThrow(
      'busy',
    );

    expect(await createRecordedCodeModel(inner, file).complete(ask('a'), connection)).toMatchObject({
      text: '1: a',
    });
  });

  it('says that the file cannot be written', async () => {
    const model = createRecordedCodeModel(counting(), join(folder, 'not', 'there.jsonl'));

    await expect(model.complete(ask('a'), connection)).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: expect.stringContaining('cannot be written: ENOENT'),
    });
  });
});
