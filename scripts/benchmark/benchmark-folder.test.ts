import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BenchmarkDescription, BenchmarkDescriptionSchema } from '#domain/benchmark-description.ts';
import { mechanismArm, outputsArm, untouchedArm } from './arms.ts';
import { openBenchmarkFolder } from './benchmark-folder.ts';
import { lockFolder } from './folder-lock.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sgcode-folder-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const description: BenchmarkDescription = {
  format: 1,
  startedAt: '2030-01-01T00:00:00.000Z',
  dataSet: { path: '/data/programs', kind: 'folder', programs: 3, sha256: 'a'.repeat(64) },
  sample: { size: 2, seed: 7 },
  arms: [untouchedArm, mechanismArm('rules'), outputsArm('theirs')],
  outputs: [{ arm: 'theirs', path: '/data/theirs', sha256: 'b'.repeat(64) }],
  settings: {
    policy: 'practical',
    analyzers: ['bandit'],
    behavior: 'auto',
    databaseDriver: null,
    maxIterations: 2,
    maxSeconds: 300,
    models: [{ name: 'm', baseUrl: 'http://127.0.0.1:1234/v1', template: 'chat' }],
    budget: { maxCalls: 12, maxTokens: 1000, maxCostUsd: null },
    jobs: 2,
  },
  versions: {
    sgcode: '1.0.0',
    commit: null,
    node: '24.0.0',
    python: '3.11.0',
    analyzers: [{ name: 'bandit', version: '1.9.4' }],
    tokenizer: 'o200k_base',
    ggan: null,
  },
  machine: { platform: 'linux x64', cpu: 'a processor', cores: 2, memoryMiB: 8192 },
};
const later = { ...description, startedAt: '2031-01-01T00:00:00.000Z' };

describe('openBenchmarkFolder', () => {
  it('writes down what was asked, and goes on with it where the data was moved to', async () => {
    const out = join(home, 'new', 'folder');
    await openBenchmarkFolder(description, { out, resume: false, home });

    const moved = { ...later, dataSet: { ...later.dataSet, path: '/elsewhere' } };
    expect(await openBenchmarkFolder(moved, { out, resume: true, home })).toEqual({
      folder: out,
      description,
    });
    const text = await readFile(join(out, 'benchmark.json'), 'utf8');
    expect(BenchmarkDescriptionSchema.parse(JSON.parse(text))).toEqual(description);
  });

  it.each<[string, Partial<BenchmarkDescription>, string]>([
    ['other data', { dataSet: { ...description.dataSet, sha256: 'c'.repeat(64) } }, 'the data set was {'],
    ['another sample', { sample: null }, '--sample was {"size":2,"seed":7} and is null now'],
    ['other arms', { arms: [untouchedArm] }, 'the arms was'],
    [
      'another server of the model',
      {
        settings: {
          ...description.settings,
          models: [{ name: 'm', baseUrl: 'http://127.0.0.1:9/v1', template: 'chat' }],
        },
      },
      '--models was [{"name":"m","baseUrl":"http://127.0.0.1:1234/v1"',
    ],
    [
      'another policy',
      { settings: { ...description.settings, policy: 'paper' } },
      '--policy was "practical"',
    ],
    [
      'a driver',
      { settings: { ...description.settings, databaseDriver: 'pymysql' } },
      '--database-driver was null and is "pymysql" now',
    ],
    ['more at once', { settings: { ...description.settings, jobs: 3 } }, '--jobs was 2 and is 3 now'],
    [
      'another Python',
      { versions: { ...description.versions, python: '3.12.1' } },
      'the version of python was',
    ],
    [
      'another machine',
      { machine: { ...description.machine, cores: 4 } },
      "the machine's cores was 2 and is 4",
    ],
  ])('does not mix records of %s', async (_, change, message) => {
    await openBenchmarkFolder(description, { out: home, resume: false, home });

    await expect(
      openBenchmarkFolder({ ...later, ...change }, { out: home, resume: true, home }),
    ).rejects.toMatchObject({ name: 'UsageError', message: expect.stringContaining(message) });
  });

  it('asks before it goes on with what is there', async () => {
    await openBenchmarkFolder(description, { out: home, resume: false, home });

    await expect(openBenchmarkFolder(later, { out: home, resume: false, home })).rejects.toThrow('--resume');
  });

  it('takes no file of another kind for one of its own', async () => {
    await writeFile(join(home, 'benchmark.json'), '{"format": 1}');
    await expect(openBenchmarkFolder(later, { out: home, resume: true, home })).rejects.toThrow(
      'not the description',
    );

    await rm(join(home, 'benchmark.json'));
    await writeFile(join(home, 'records.jsonl'), '');
    await expect(openBenchmarkFolder(later, { out: home, resume: true, home })).rejects.toThrow(
      'nothing says',
    );
  });

  it('has folders of its own: a new one each time, the last to go on with', async () => {
    const open = async (resume: boolean, what = later) =>
      (await openBenchmarkFolder(what, { out: null, resume, home })).folder;
    const first = await open(false);
    const second = await open(false);
    const other = await open(false, { ...later, sample: null });

    expect(new Set([first, second, other]).size).toBe(3);
    expect(first.startsWith(join(home, 'benchmarks'))).toBe(true);
    expect(await open(true)).toBe(second);
  });
});

describe('lockFolder', () => {
  it('keeps others out as long as its owner lives', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    await writeFile(join(home, 'lock'), String(other.pid));
    await expect(lockFolder(home)).rejects.toThrow(`process ${other.pid} works in ${home}`);

    other.kill('SIGKILL');
    await once(other, 'exit');
    const unlock = await lockFolder(home);
    expect(await readFile(join(home, 'lock'), 'utf8')).toBe(String(process.pid));

    await unlock();
    await expect(readFile(join(home, 'lock'))).rejects.toThrow('ENOENT');
  });
});
