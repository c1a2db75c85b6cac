import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelSettingsSchema } from '#domain/model-settings.ts';
import {
  drips,
  fails,
  floods,
  inflates,
  type ScriptedAnswer,
  says,
  startModelServer,
} from './fixtures/model-server.ts';
import { createOpenAiCodeModel } from './openai-code-model.ts';
import { createRecordedCodeModel } from './recorded-code-model.ts';

const CANARY = 'sk-canary-4f9c2b7e11d84a06';
const later = new Date(Date.now() + 60_000).toUTCString();

type Outcome = Record<string, unknown>;
const busy = (more: Outcome = {}): Outcome => ({ name: 'ModelBusyError', retryAfterSeconds: null, ...more });
const refused = (says: string): Outcome => ({
  name: 'ModelRefusedError',
  message: expect.stringContaining(says),
});
const noAnswer = (says: string): Outcome => ({
  name: 'ModelAnswerError',
  message: expect.stringContaining(says),
});
const late = (says: string): Outcome => ({
  name: 'ModelTimeoutError',
  message: expect.stringContaining(says),
});

/** Every fault names the key that it was sent where it can, as a hostile server would. */
const echo = { message: `from the server: ${CANARY}` };
const faults: Record<string, [ScriptedAnswer, Outcome]> = {
  '401': [fails(401, echo), refused('did not accept the key (401). Set the variable')],
  '402': [fails(402, echo), refused('no credit')],
  '403': [fails(403, echo), refused('does not let this key use the model tiny')],
  '404': [fails(404, echo), refused('has no model tiny, or no such address')],
  '413': [fails(413, echo), refused('too long')],
  '400': [fails(400, echo), refused('turned the request down (400)')],
  '400, too long': [fails(400, { code: 'context_length_exceeded' }), refused('larger context')],
  '400, limit too large': [
    fails(400, { param: 'max_tokens', message: 'max_tokens is too large: 9. This model supports at most 4' }),
    refused('too long'),
  ],
  '429': [fails(429, echo), busy()],
  '429 with seconds': [fails(429, echo, { 'retry-after': '7' }), busy({ retryAfterSeconds: 7 })],
  '429 with milliseconds': [
    fails(429, echo, { 'retry-after-ms': '1500', 'retry-after': '9' }),
    busy({ retryAfterSeconds: 2 }),
  ],
  '429 with a date': [
    fails(429, echo, { 'retry-after': later }),
    busy({ retryAfterSeconds: expect.any(Number) }),
  ],
  '429 with too much': [fails(429, echo, { 'retry-after': '86400' }), busy({ retryAfterSeconds: 300 })],
  '429 with nonsense': [fails(429, echo, { 'retry-after': 'soon' }), busy()],
  '429, quota used up': [fails(429, { code: 'insufficient_quota' }), refused('quota')],
  '500': [fails(500, echo), busy()],
  '501': [fails(501, echo), refused('501')],
  '503': [{ status: 503, body: `<html>${CANARY}</html>` }, busy()],
  '529': [fails(529, echo), busy()],
  redirect: [
    { status: 302, headers: { location: `http://127.0.0.1:1/${CANARY}` } },
    refused('sends callers elsewhere (302)'),
  ],
  'connection cut before an answer': [{ body: '', end: 'cut' }, busy()],
  'connection cut in the middle': [{ body: '{"choices": [', end: 'cut' }, busy()],
  'fewer bytes than announced': [
    { body: '{"choices": [', headers: { 'content-length': '500' }, end: 'cut' },
    busy(),
  ],
  'silence before an answer': [{ isSilent: true }, late('did not answer within')],
  'silence in the middle': [{ body: '{"choices": [', end: 'never' }, late('stopped in the middle')],
  'slow drip': [drips(`{"${'x'.repeat(10_000)}`, 40), late('did not answer within')],
  'HTML for JSON': [
    { body: `<html>${CANARY}`, headers: { 'content-type': 'text/html' } },
    noAnswer('not JSON'),
  ],
  'no body': [{ body: '' }, noAnswer('not JSON')],
  'no content': [{ status: 204 }, noAnswer('not JSON')],
  'JSON of another form': [{ body: { error: echo } }, noAnswer('no choice')],
  'no choice': [{ body: { choices: [] } }, noAnswer('no choice')],
  'a choice without text': [{ body: { choices: [{ finish_reason: 'stop' }] } }, noAnswer('no text')],
  'empty text': [says(' \n', { prompt: 5, completion: 1 }), noAnswer('no text')],
  'deep JSON': [{ body: '['.repeat(500_000) }, noAnswer('not JSON')],
  'endless answer': [floods(), noAnswer('larger than')],
  'gzip bomb': [inflates(50_000_000), noAnswer('larger than')],
  'damaged gzip': [{ body: CANARY, headers: { 'content-encoding': 'gzip' } }, noAnswer('damaged')],
  'invalid UTF-8': [{ body: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }, noAnswer('UTF-8')],
  'huge header': [{ body: '{}', headers: { 'x-large': 'x'.repeat(40_000) } }, noAnswer('not HTTP')],
  'empty text at the limit': [
    says('', { prompt: 5, completion: 100 }, 'length'),
    { text: '', finish: 'length', tokens: { prompt: 5, completion: 100, estimated: false } },
  ],
  refusal: [
    { body: { choices: [{ message: { content: null, refusal: 'No.' }, finish_reason: 'stop' }] } },
    { text: '', finish: 'filtered' },
  ],
  'an answer with the key': [says(`key = "${CANARY}"`), { text: 'key = "[key]"', finish: 'stop' }],
};

const codeModel = createOpenAiCodeModel({
  isLoopbackAllowed: true,
  isHttpAllowed: true,
  limits: { timeoutMs: 1500, silenceMs: 300 },
});

/** Whatever comes of a call: the reply or the error. */
async function outcomeOf(answer: ScriptedAnswer, model = codeModel): Promise<unknown> {
  const server = await startModelServer(() => answer);
  const settings = ModelSettingsSchema.parse({ name: 'tiny', baseUrl: server.baseUrl });
  const request = { messages: [{ role: 'user' as const, content: 'hi' }], maxTokens: 50 };
  try {
    return await model.complete(request, { settings, apiKey: CANARY });
  } catch (error) {
    return error;
  } finally {
    await server.close();
  }
}

describe('a fault of the server', () => {
  it.each(Object.entries(faults))('%s', async (_, [answer, outcome]) => {
    expect(await outcomeOf(answer)).toMatchObject(outcome);
  });

  it.each([
    ['nobody listens', 'closed', busy({ message: expect.stringContaining('No server answers at') })],
    [
      'no such name',
      'http://nowhere.invalid/v1',
      { name: expect.stringMatching(/^Model(Refused|Busy)Error$/) },
    ],
    [
      'TLS to a server without',
      'https',
      { name: 'ModelRefusedError', message: expect.stringContaining('http or https') },
    ],
  ])('%s', async (_, address, outcome) => {
    const server = await startModelServer(() => says('x'));
    if (address === 'closed') await server.close();
    const baseUrl =
      { closed: server.baseUrl, https: server.baseUrl.replace('http:', 'https:') }[address] ?? address;
    const settings = ModelSettingsSchema.parse({ name: 'tiny', baseUrl });

    const call = codeModel.complete({ messages: [], maxTokens: 1 }, { settings, apiKey: CANARY });

    await expect(call).rejects.toMatchObject(outcome);
    await server.close();
  });

  it('reads no more of an endless answer than its limit', async () => {
    let sent = 0;
    async function* pieces() {
      for (const piece = Buffer.alloc(64 * 1024, ' '); sent < 50_000_000; sent += piece.length) yield piece;
    }

    expect(await outcomeOf({ body: pieces() })).toMatchObject({ name: 'ModelAnswerError' });

    expect(sent).toBeLessThan(20_000_000);
  });
});

describe('the key', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-canary-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const secrets = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 24), CANARY.slice(10)];
  const quick = Object.values(faults).filter(
    ([answer]) => !answer.isSilent && !('next' in Object(answer.body)),
  );

  it('is in no error, reply or record, whatever the server does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...quick), fc.nat(1e9), async ([answer], n) => {
        const file = join(folder, `${n}.jsonl`);
        const outcome = await outcomeOf(answer, createRecordedCodeModel(codeModel, file));
        const record = await readFile(file, 'utf8').catch(() => '');
        const seen = `${inspect(outcome, { depth: 9, showHidden: true })}${record}`;

        for (const secret of secrets) expect(seen).not.toContain(secret);
        expect(seen).not.toContain('from the server');
      }),
      { numRuns: 40 },
    );
  });
});
