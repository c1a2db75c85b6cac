import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSecuredAndKept } from '#domain/benchmark-record.ts';
import {
  fails,
  type ModelServer,
  type ScriptedAnswer,
  type SeenRequest,
  says,
  startModelServer,
} from '#ports/code-model/fixtures/model-server.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import { processesWith, startBenchmark, until } from './fixtures/benchmark-command.ts';
import { comparable, recordsOf } from './kill-and-resume.ts';

const KEY = 'sk-canary-7f3a9c51e2d84b60';
const programs: Record<string, string> = {
  'clean.py': 'def double(x):\n    return 2 * x\n',
  'loader.py': 'import yaml\n\n\ndef read(text):\n    return yaml.load(text, Loader=yaml.Loader)\n',
  'sum.py': 'def answer(text):\n    return eval(text)\n',
};

/** Mends the loader, and gives the sum back as it was. */
function mends({ body: { messages = [] } }: SeenRequest): ScriptedAnswer {
  const prompt = messages.map(({ content }) => content).join('\n');
  const code = prompt.includes('yaml')
    ? 'import yaml\n\n\ndef read(text):\n    return yaml.safe_load(text)\n'
    : programs['sum.py'];
  return says(`\`\`\`python\n${code}\`\`\`\n`, { prompt: 100, completion: 20 });
}

let folder: string;
let server: ModelServer;
let answer: Parameters<typeof startModelServer>[0];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-model-arms-'));
  await mkdir(join(folder, 'data'));
  for (const [name, code] of Object.entries(programs)) await writeFile(join(folder, 'data', name), code);
  answer = mends;
  server = await startModelServer((request) => answer(request));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function argsFor(out: string, ...more: string[]): string[] {
  const mechanisms = out === 'first' ? 'promsec,rules' : 'promsec';
  const model = ['--model', 'm:7b', '--base-url', server.baseUrl, '--api-key-env', 'BENCH_KEY'];
  return ['data', '--mechanisms', mechanisms, ...model, '--max-iterations', '2', '--out', out, ...more];
}

async function run(args: readonly string[], scratch = 'scratch') {
  const { ended } = await startBenchmark(folder, args, { scratch, env: { BENCH_KEY: KEY } });
  return ended;
}

/** Everything below a folder, in one text. */
async function allText(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
  return texts.join('\n');
}

describe('an arm with a language model', () => {
  it('is measured with what the model took, beside arms without one', async () => {
    const { code, stdout, stderr } = await run(argsFor('first'));

    expect(stderr).toContain('9/9');
    expect(code).toBe(0);
    const records = await recordsOf(join(folder, 'first'));
    const of = (program: string, arm = 'promsec@m:7b') =>
      records.find((record) => record.program === program && record.arm === arm);
    expect(of('clean.py')).toMatchObject({ modelCalls: 0, ms: { model: 0 } });
    const loader = of('loader.py');
    expect(loader).toMatchObject({
      verdict: 'secured',
      modelCalls: 1,
      tokens: { prompt: 100, completion: 20, estimated: false },
      costUsd: null,
      editsByOperator: {},
    });
    const { total, model, ggan, analysis, edits, gates, communication } = loader?.ms ?? {};
    expect(model).toBeGreaterThan(0);
    const parts = [model, ggan, analysis, edits, gates, communication].reduce<number>(
      (sum, ms) => sum + (ms ?? Number.NaN),
      0,
    );
    expect(parts).toBeCloseTo(total ?? 0, 3);
    expect(of('sum.py')).toMatchObject({ isSecured: false, verdict: 'unchanged' });
    expect(of('loader.py', 'rules')).toMatchObject({ modelCalls: null, tokens: null, ms: { model: null } });
    if (await canSeal())
      expect(records.filter(isSecuredAndKept).map(({ arm }) => arm)).toContain('promsec@m:7b');
    expect(stdout).toMatch(/the language model[\s\S]*promsec@m:7b +3 .*unknown/);
    expect(stdout).toContain(`m:7b at ${new URL(server.baseUrl).host}`);
    expect(server.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(await allText(folder)).not.toContain(KEY);
  }, 120_000);

  it('repeats a benchmark from its records without a server, record by record', async () => {
    expect((await run(argsFor('asked', '--records', 'calls.jsonl'))).code).toBe(0);
    const questions = server.requests.length;
    expect(questions).toBeGreaterThan(1);
    answer = () => fails(500);

    expect((await run(argsFor('repeated', '--records', 'calls.jsonl'))).code).toBe(0);

    expect(server.requests).toHaveLength(questions);
    const [asked, repeated] = await Promise.all(
      ['asked', 'repeated'].map((name) => recordsOf(join(folder, name))),
    );
    expect(repeated?.map(comparable)).toEqual(asked?.map(comparable));
    expect(repeated?.map(({ ms }) => ms.model)).toEqual(asked?.map(({ ms }) => ms.model));
    for (const { ms } of repeated ?? []) expect(ms.total ?? 0).toBeGreaterThanOrEqual(ms.model ?? 0);
  }, 180_000);

  it('asks nothing twice after it was killed', async () => {
    const hang = Promise.withResolvers<ScriptedAnswer>();
    let questions = 0;
    // The first answer is malformed, so that the same item asks again; then the model thinks until the kill.
    answer = () => {
      questions += 1;
      return questions === 1 ? says('I would rather not.') : hang.promise;
    };
    const args = argsFor('killed', '--behavior', 'never', '--resume');
    const { child, ended } = await startBenchmark(folder, args, { scratch: 'dead', env: { BENCH_KEY: KEY } });
    await until(() => questions === 2);
    child.kill('SIGKILL');
    await ended;
    await until(() => processesWith(join(folder, 'dead')).length === 0);
    expect((await recordsOf(join(folder, 'killed'))).map(({ arm }) => arm)).toContain('promsec@m:7b');
    // Whatever a kill in the middle of a write leaves behind.
    await appendFile(join(folder, 'killed', 'calls.jsonl'), '{"hash":"ab');
    answer = mends;

    expect((await run(args)).code).toBe(0);

    const records = await recordsOf(join(folder, 'killed'));
    expect(records).toHaveLength(6);
    const loader = records.find(({ program, arm }) => program === 'loader.py' && arm === 'promsec@m:7b');
    expect(loader).toMatchObject({ verdict: 'secured', modelCalls: 2 });
    const ofLoader = server.requests.filter(({ body }) => JSON.stringify(body).includes('yaml.load'));
    // The first, the one that was never answered, and that one again.
    expect(ofLoader).toHaveLength(3);
  }, 180_000);

  it('stops where its model cannot be asked any more, and goes on once it can', async () => {
    answer = () => fails(401);

    const { code, stdout, stderr } = await run(argsFor('stopped', '--behavior', 'never'));

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`--out ${join(folder, 'stopped')} --resume goes on`);
    expect(stderr).toMatch(/error: .*did not accept the key/);
    const kept = await recordsOf(join(folder, 'stopped'));
    expect(kept.map(({ program, arm }) => `${program} ${arm}`)).toContain('clean.py promsec@m:7b');
    expect(kept.map(({ program, arm }) => `${program} ${arm}`)).not.toContain('loader.py promsec@m:7b');
    answer = mends;
    expect((await run(argsFor('stopped', '--behavior', 'never', '--resume'))).code).toBe(0);
    expect(await recordsOf(join(folder, 'stopped'))).toHaveLength(6);
  }, 180_000);
});
