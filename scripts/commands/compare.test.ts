import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CompareOutputSchema } from '#domain/compare-output.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { InterruptedError } from './command-context.ts';
import { type CompareOptions, compare } from './compare.ts';
import { type EngineHooks, testContext, testEngine } from './fixtures/test-engine.ts';

const { mechanism: _, behavior: __, models: ___, budget: ____, ...settings } = RunSettingsSchema.parse({});
const defaults: CompareOptions = { ...settings, allowPackage: [], mechanisms: ['rules'], format: 'table' };
const WEAK = 'yaml.load(f)\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-compare-'));
  writeFileSync(join(folder, 'a.py'), WEAK);
  writeFileSync(join(folder, 'b.py'), `${WEAK}# keep\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(paths: string[], options: Partial<CompareOptions>, hooks: EngineHooks = {}) {
  const { calls, openEngine } = testEngine(hooks);
  const models = {
    findLocalServers: async () => [
      { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: ['x', 'y'] },
    ],
  };
  const { context, written, controller } = testContext(folder, openEngine, false, { models });
  const running = compare(paths, { ...defaults, ...options }, context);
  return { code: await running, ...written, calls, controller };
}

describe('compare', () => {
  it('tries every mechanism on the same code, a calling one with each model, one after the other', async () => {
    const { code, stdout, stderr, calls } = await run(['a.py'], {
      mechanisms: ['rules', 'hybrid', 'findings'],
      models: ['x', 'y'],
      format: 'json',
    });
    expect(code).toBe(0);
    const output = CompareOutputSchema.parse(JSON.parse(stdout));
    expect(output.files[0]?.runs.map(({ name }) => name)).toEqual([
      'rules',
      'hybrid@x',
      'hybrid@y',
      'findings@x',
      'findings@y',
    ]);
    expect(calls.settings.map(({ mechanism, models }) => [mechanism, models?.general?.name])).toEqual([
      ['rules', 'x'],
      ['hybrid', 'x'],
      ['hybrid', 'y'],
      ['findings', 'x'],
      ['findings', 'y'],
    ]);
    expect(stderr).toContain('3/5  ✓ Secured 1 → 0  a.py  hybrid@y\n');
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe(WEAK);
  });

  it('names a single model nowhere in the rows, and marks the best', async () => {
    const reportOf: EngineHooks['reportOf'] = ({ mechanism }) =>
      mechanism === 'rules' ? { costUsd: 1 } : {};
    const { stdout } = await run(['a.py'], { mechanisms: ['rules', 'hybrid'], model: 'x' }, { reportOf });
    expect(stdout).toMatch(/\nrules +✓ Secured/);
    expect(stdout).toMatch(/\nhybrid +★ best +✓ Secured/);
  });

  it('shows a table for each file and a sum, and writes JSON beside', async () => {
    const { code, stdout } = await run(['.'], { json: 'out.json', format: 'markdown' });
    expect(code).toBe(1);
    expect(stdout.match(/^## /gm)).toHaveLength(3);
    expect(stdout).toContain('## 2 files together, policy practical');
    const { sums } = CompareOutputSchema.parse(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')));
    expect(sums).toMatchObject([{ name: 'rules', files: 2, securedAndKept: 1 }]);
  });

  it('runs the programs side by side where they can be sealed off, and says where they cannot', async () => {
    expect((await run(['a.py'], {})).calls.behavior).toEqual(['always']);
    const unsealed = await run(['a.py'], {}, { noRunner: true });
    expect(unsealed.calls.behavior).toEqual(['auto']);
    expect(unsealed.stderr).toContain('are not run side by side: bwrap is missing');
    expect((await run(['a.py'], { behavior: 'never' })).calls.behavior).toEqual(['never']);
    await expect(run(['a.py'], { behavior: 'always' }, { noRunner: true })).rejects.toThrow(
      'cannot be sealed off',
    );
  });

  it.each<[string, Partial<CompareOptions>, string]>([
    [
      'a mechanism that has no model',
      { mechanisms: ['rules', 'findings'] },
      'repairs with a model, and none is set',
    ],
    ['a mechanism for prompts', { mechanisms: ['safecoder'] }, 'writes from a prompt'],
    ['models that nobody calls', { models: ['x'] }, '--models goes with a mechanism that calls one'],
    [
      'a model that nobody offers',
      { mechanisms: ['promsec'], models: ['x', 'z'] },
      'no server is known for the model z',
    ],
    [
      'a price that is unknown',
      { mechanisms: ['promsec'], model: 'x', maxCost: 1 },
      'the price of x at 127.0.0.1:11434',
    ],
  ])('is wrong usage with %s, before anything runs', async (_name, options, message) => {
    await expect(run(['a.py'], options)).rejects.toThrow(message);
  });

  it('shows what is done when it is stopped', async () => {
    const { calls, openEngine } = testEngine({
      beforeReport: () => controller.abort(new InterruptedError(130)),
    });
    const { context, written, controller } = testContext(folder, openEngine);
    expect(await compare(['.'], { ...defaults, format: 'json' }, context)).toBe(130);
    expect(calls.hardened).toEqual(['a.py']);
    expect(CompareOutputSchema.parse(JSON.parse(written.stdout)).files).toHaveLength(1);
    expect(written.stderr).toContain('Stopped: 1 of 2 files begun.');
  });
});
