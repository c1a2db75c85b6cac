import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isSecuredAndKept } from '#domain/benchmark-record.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import { processesWith, startBenchmark, until } from './fixtures/benchmark-command.ts';
import { comparable, recordsOf } from './kill-and-resume.ts';

const programs: Record<string, string> = {
  'clean.py': 'def double(x):\n    return 2 * x\n',
  'loader.py': 'import yaml\n\n\ndef read(text):\n    return yaml.load(text, Loader=yaml.Loader)\n',
  'odd.py': 'def broken(:\n',
  'query.py': [
    'import sqlite3\n\n',
    'def find(name):',
    '    connection = sqlite3.connect("names.sqlite")',
    '    return connection.execute("SELECT id FROM t WHERE name = \'%s\'" % name).fetchall()\n',
  ].join('\n'),
  'sum.py': 'def answer(text):\n    return eval(text)\n',
};

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-run-benchmark-'));
  data = join(folder, 'data');
  await mkdir(data);
  for (const [name, code] of Object.entries(programs)) await writeFile(join(data, name), code);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(args: readonly string[], scratch: string) {
  return startBenchmark(folder, args, { scratch });
}

async function run(args: readonly string[], scratch = 'scratch') {
  return (await start(args, scratch)).ended;
}

describe('a benchmark', () => {
  it('measures every program in every arm, and says what came of each', async () => {
    const outputs = join(folder, 'theirs');
    await mkdir(outputs);
    await writeFile(join(outputs, 'sum.py'), 'def total(text):\n    return 0\n');
    await writeFile(join(outputs, 'clean.py'), programs['clean.py'] ?? '');

    const { code, stdout, stderr } = await run(['data', '--out', 'first', '--outputs', 'theirs=theirs']);

    expect(stderr).toContain('15/15');
    expect([code, stdout.includes('theirs')]).toEqual([0, true]);
    const records = await recordsOf(join(folder, 'first'));
    expect(records).toHaveLength(15);
    const of = (program: string, arm: string) =>
      records.find((record) => record.program === program && record.arm === arm);
    expect(of('query.py', 'untouched')).toMatchObject({
      verdict: 'unchanged',
      input: { lines: 6, compiles: true, findings: 1, cwes: ['CWE-89'] },
      findings: { before: 1, after: 1, introduced: 0, cwesLeft: ['CWE-89'] },
      isSecured: false,
      isKept: true,
      edits: null,
      transitions: null,
      ms: { total: null, behaviorCheck: null },
    });
    expect(of('query.py', 'rules')).toMatchObject({
      verdict: 'secured',
      isSecured: true,
      editsByOperator: { 'parameterize-query': 1 },
      iterations: 1,
      tokens: null,
      costUsd: null,
      ms: { total: expect.any(Number), model: null, ggan: expect.any(Number) },
    });
    expect(of('query.py', 'rules')?.transitions).toBeGreaterThan(8);
    expect(of('sum.py', 'theirs')).toMatchObject({ gates: { surface: 'fail' }, isSecured: false });
    expect(of('clean.py', 'theirs')).toMatchObject({
      verdict: 'already-secure',
      isSecured: true,
      isKept: true,
    });
    expect(of('query.py', 'theirs')).toMatchObject({ verdict: 'failed', isSecured: false, isKept: null });
    expect(of('odd.py', 'rules')).toMatchObject({
      verdict: 'failed',
      input: { analyzed: false },
      isSecured: false,
    });
    if (await canSeal()) {
      expect(of('sum.py', 'theirs')?.isKept).toBe(false);
      expect(records.filter((each) => each.arm === 'rules' && isSecuredAndKept(each))).toHaveLength(3);
    }
    const files = await readdir(join(folder, 'first'));
    expect(files.sort()).toEqual([
      'benchmark.json',
      'records.jsonl',
      'results.csv',
      'results.html',
      'results.json',
      'results.md',
    ]);
  }, 120_000);

  it("runs the paper's pipeline beside, and says how many times as long it took", async () => {
    await mkdir(join(folder, 'few'));
    await mkdir(join(folder, 'answers'));
    for (const name of ['loader.py', 'sum.py'])
      await writeFile(join(folder, 'few', name), programs[name] ?? '');
    await writeFile(join(folder, 'answers', 'sum.py'), 'def total(text):\n    return 0\n');
    const args = [
      'few',
      '--jobs',
      '1',
      '--behavior',
      'never',
      '--paper-pipeline',
      'answers',
      '--out',
      'beside',
    ];

    const { code, stdout } = await run(args, 'beside-scratch');

    expect(code).toBe(0);
    expect(stdout).toContain("Beside the paper's pipeline, re-created");
    const records = await recordsOf(join(folder, 'beside'));
    const of = (program: string, arm: string) =>
      records.find((record) => record.program === program && record.arm === arm);
    for (const arm of ['paper-pipeline', 'paper-pipeline-rounds']) {
      expect(of('sum.py', arm)).toMatchObject({
        gates: { parses: 'pass', secure: 'pass', surface: 'fail' },
        isSecured: false,
        iterations: 1,
        transitions: null,
        ms: { total: expect.any(Number), analysis: expect.any(Number), model: null, ggan: null },
        resources: { peakMiB: expect.any(Number) },
      });
      expect(of('loader.py', arm)).toMatchObject({ verdict: 'failed', isKept: null, ms: { total: null } });
    }
    expect(processesWith('beside-scratch')).toEqual([]);
    expect(await readdir(join(folder, 'beside-scratch'))).toEqual([]);
  }, 120_000);

  it('gives the same records after kills at any point as without', async () => {
    const args = ['data', '--behavior', 'never', '--jobs', '2'];
    expect((await run([...args, '--out', 'whole'])).code).toBe(0);

    for (const killedAfter of [0, 1, 4, 9]) {
      const { child, ended } = await start([...args, '--out', 'killed', '--resume'], 'killed-scratch');
      await until(async () => {
        const text = await readFile(join(folder, 'killed', 'records.jsonl'), 'utf8').catch(() => '');
        return child.exitCode !== null || text.split('\n').length > killedAfter;
      });
      child.kill('SIGKILL');
      expect((await ended).code).toBeNull();
      // Whatever a kill in the middle of a write leaves behind.
      const path = join(folder, 'killed', 'records.jsonl');
      if (killedAfter > 0) await appendFile(path, '{"format":1,"progr');
      await until(() => processesWith('killed-scratch').length === 0);
      expect(await readdir(join(folder, 'killed-scratch'))).toEqual([]);
    }
    expect((await run([...args, '--out', 'killed', '--resume'])).code).toBe(0);

    const [killed, whole] = await Promise.all(
      ['killed', 'whole'].map((name) => recordsOf(join(folder, name))),
    );
    expect(killed?.map(comparable)).toEqual(whole?.map(comparable));
    expect((await readFile(join(folder, 'killed', 'results.md'), 'utf8')).length).toBeGreaterThan(100);
  }, 180_000);

  it('stops at once when it is asked to, says how to go on, and leaves nothing behind', async () => {
    const { child, ended, written } = await start(
      ['data', '--out', 'stopped', '--jobs', '1'],
      'stopped-scratch',
    );
    await until(() => written.stderr.includes('/10'));

    child.kill('SIGINT');

    expect(await ended).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining(`with --out ${join(folder, 'stopped')} --resume goes on`),
    });
    expect(processesWith('stopped-scratch')).toEqual([]);
    expect(await readdir(join(folder, 'stopped-scratch'))).toEqual([]);
  }, 60_000);

  it.each([
    [['missing'], 'there is no file or folder'],
    [['data', '--outputs', 'theirs=data', 'other=home'], 'no such'],
  ])('refuses %j before it measures anything', async (args) => {
    await mkdir(join(folder, 'home'), { recursive: true });
    const { code, stdout, stderr } = await run([...args, '--out', 'refused']);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: .*(there is no file or folder|no Python file)/);
    await expect(readdir(join(folder, 'refused'))).rejects.toThrow('ENOENT');
  });

  it('goes on only with the same request', async () => {
    const { code, stderr } = await run(['data', '--out', 'first', '--resume', '--policy', 'paper']);

    expect(code).toBe(2);
    expect(stderr).toContain('holds another benchmark: the arms was');
  });
});
