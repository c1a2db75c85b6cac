import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ModelConnection } from '#ports/code-model/code-model.ts';
import {
  fails,
  type ModelServer,
  type ScriptedAnswer,
  says,
  startModelServer,
} from '#ports/code-model/fixtures/model-server.ts';
import { createOpenAiCodeModel } from '#ports/code-model/openai-code-model.ts';
import { measureModel } from './measured-model.ts';

let folder: string;
let server: ModelServer;
let answer: () => ScriptedAnswer;
let connection: ModelConnection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-measured-'));
  answer = () => says('x = 1', { prompt: 3, completion: 4 });
  server = await startModelServer(() => answer());
  connection = {
    settings: { name: 'm', baseUrl: server.baseUrl, template: 'chat' },
    apiKey: null,
  };
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const question = (content: string) => ({ messages: [{ role: 'user' as const, content }], maxTokens: 100 });
const open = (file = join(folder, 'calls.jsonl')) =>
  measureModel(createOpenAiCodeModel({ isHttpAllowed: true, isLoopbackAllowed: true }), file);

describe('a measured model', () => {
  it('waited as long as the model took, and no longer where the answer is recorded', async () => {
    const live = open();
    const { ms } = await live.codeModel.complete(question('a'), connection);
    expect(live.takeUse().waitedMs).toBeGreaterThanOrEqual(ms);
    expect(live.takeUse()).toEqual({ waitedMs: 0, outage: null });

    const file = join(folder, 'calls.jsonl');
    const line = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, `${JSON.stringify({ ...line, reply: { ...line.reply, ms: 3_600_000 } })}\n`);
    const replayed = open();
    expect(await replayed.codeModel.complete(question('a'), connection)).toMatchObject({ ms: 3_600_000 });
    expect(replayed.takeUse().waitedMs).toBeLessThan(3_600_000);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, ScriptedAnswer]>([
    ['is overloaded', fails(503)],
    ['takes no more calls', fails(429)],
    ['does not take the key before it ever answered', fails(401)],
  ])('tells of an outage where its server %s', async (_, failure) => {
    const { codeModel, takeUse } = open();
    answer = () => failure;

    await expect(codeModel.complete(question('a'), connection)).rejects.toThrow();

    expect(takeUse().outage).toEqual(expect.any(String));
  });

  it('tells of an outage where the answers cannot be kept', async () => {
    const { codeModel, takeUse } = open(join(folder, 'missing', 'calls.jsonl'));

    await expect(codeModel.complete(question('a'), connection)).rejects.toThrow('cannot be written');

    expect(takeUse().outage).toContain('cannot be written');
  });

  it('tells of none where one request is refused or fails, or the next one is answered', async () => {
    const { codeModel, takeUse } = open();
    await codeModel.complete(question('a'), connection);
    answer = () => fails(400);
    await expect(codeModel.complete(question('too long'), connection)).rejects.toThrow();
    expect(takeUse().outage).toBeNull();
    answer = () => ({ body: '<html>' });
    await expect(codeModel.complete(question('b'), connection)).rejects.toThrow('is not JSON');
    expect(takeUse().outage).toBeNull();

    answer = () => fails(503);
    await expect(codeModel.complete(question('b'), connection)).rejects.toThrow();
    answer = () => says('y = 2');
    await codeModel.complete(question('b'), connection);
    expect(takeUse().outage).toBeNull();
  });
});
