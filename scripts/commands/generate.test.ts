import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { type EngineHooks, testContext, testEngine } from './fixtures/test-engine.ts';
import { type GenerateOptions, generate } from './generate.ts';
import { UsageError } from './usage-error.ts';

const { mechanism: _, models: __, budget: ___, ...settings } = RunSettingsSchema.parse({});
const defaults: GenerateOptions = {
  ...settings,
  allowPackage: [],
  model: 'gpt-4.1-mini',
  apiKeyEnv: 'KEY',
};
const WEAK = 'import yaml\nyaml.load(f)\n';
const FIXED = 'import yaml\nyaml.safe_load(f)\n';
const CANARY = 'sk-canary-7f3a91';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-generate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  prompt: string,
  options: Partial<GenerateOptions> = {},
  { stdin = '', ...hooks }: EngineHooks & { stdin?: string | Uint8Array } = {},
) {
  const { calls, openEngine } = testEngine({ generated: WEAK, ...hooks });
  const { context, written } = testContext(folder, openEngine, false, { stdin, env: { KEY: CANARY } });
  try {
    const code = await generate(prompt, { ...defaults, ...options }, context);
    return { code, ...written, calls };
  } finally {
    expect(JSON.stringify(written)).not.toContain(CANARY);
  }
}

describe('generate', () => {
  it('hands prompt, model and key on, and shows program and evidence', async () => {
    const { code, stdout, stderr, calls } = await run('load a file');
    expect(code).toBe(0);
    expect(calls).toMatchObject({
      hardened: ['generated.py'],
      prompts: ['load a file'],
      apiKeys: [{ general: CANARY }],
      settings: [{ mechanism: 'hybrid', models: { general: { name: 'gpt-4.1-mini' } } }],
      closed: 1,
    });
    expect(stdout).toMatch(/^generated\.py\n✓ Secured: /);
    expect(stdout).toContain(`\nProgram\n${FIXED}`);
    expect(stdout).toContain('nothing proves that it does what was asked: no tests were run');
    expect(stderr).toBe('Using gpt-4.1-mini on OpenAI at https://api.openai.com/v1\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads the prompt from stdin', async () => {
    expect((await run('-', {}, { stdin: 'größer\n' })).calls.prompts).toEqual(['größer\n']);
  });

  it.each<[string, string, string | Uint8Array]>([
    ['nothing', '-', ''],
    ['blanks', '  ', ''],
    ['too much', 'x'.repeat(20_001), ''],
    ['too much on stdin', '-', 'x'.repeat(80_001)],
    ['no UTF-8', '-', new Uint8Array([0xff, 0x41])],
  ])('refuses a prompt of %s before a model is asked', async (_name, prompt, stdin) => {
    const running = run(prompt, {}, { stdin });
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow('the prompt cannot be taken');
  });

  it('ends with 1 where findings are left', async () => {
    expect((await run('p', {}, { generated: `${WEAK}# keep\n` })).code).toBe(1);
  });

  it('hands tests on, under the name by which they import the program', async () => {
    writeFileSync(join(folder, 'test_app.py'), 'import app\n');
    const { calls } = await run('p', { tests: 'test_app.py', out: 'app.py' });
    expect(calls).toMatchObject({ hardened: ['app.py'], tests: ['import app\n'] });
    await expect(run('p', { tests: 'none.py' })).rejects.toThrow('--tests none.py: it cannot be read');
  });

  it('needs a model that can write', async () => {
    const { calls, openEngine } = testEngine();
    const { context } = testContext(folder, openEngine);
    const { model, apiKeyEnv, ...others } = defaults;
    await expect(generate('p', others, context)).rejects.toThrow('which is not set');
    await expect(
      generate(
        'p',
        { ...defaults, apiKeyEnv: 'KEY', mechanism: 'safecoder' },
        { ...context, env: { KEY: CANARY } },
      ),
    ).rejects.toThrow('with the SafeCoder model, which is not set');
    expect(calls.opened).toBe(0);
  });
});

describe('generate --out', () => {
  it('writes the secured program', async () => {
    const { code, stdout } = await run('p', { out: 'app.py' });
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'app.py'), 'utf8')).toBe(FIXED);
    expect(stdout).toContain('The program was written to app.py\n');
  });

  it('replaces nothing unless told to, and asks no model before it says so', async () => {
    writeFileSync(join(folder, 'app.py'), 'mine\n');
    await expect(run('p', { out: 'app.py' })).rejects.toThrow(
      '--out app.py is there already: --force replaces it',
    );
    expect(readFileSync(join(folder, 'app.py'), 'utf8')).toBe('mine\n');
    await run('p', { out: 'app.py', force: true });
    expect(readFileSync(join(folder, 'app.py'), 'utf8')).toBe(FIXED);
  });

  it('replaces nothing that came there meanwhile', async () => {
    const beforeReport = () => writeFileSync(join(folder, 'app.py'), 'mine\n');
    const { code, stderr } = await run('p', { out: 'app.py' }, { beforeReport });
    expect(code).toBe(1);
    expect(stderr).toContain('app.py could not be written');
    expect(readFileSync(join(folder, 'app.py'), 'utf8')).toBe('mine\n');
  });

  it('writes through no symbolic link', async () => {
    writeFileSync(join(folder, 'victim'), 'keep\n');
    symlinkSync(join(folder, 'victim'), join(folder, 'link.py'));
    await expect(run('p', { out: 'link.py' })).rejects.toThrow('is there already');
    await run('p', { out: 'link.py', force: true });
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('keep\n');
  });

  it.each([
    ['a folder', { out: 'src' }, 'is a folder'],
    ['a missing folder', { out: 'no/app.py' }, 'there is no folder'],
    ['--force alone', { force: true }, '--force goes with --out'],
  ])('refuses %s', async (_name, options, message) => {
    mkdirSync(join(folder, 'src'));
    await expect(run('p', options)).rejects.toThrow(message);
  });

  it('writes nothing where there is no program', async () => {
    const reportOf = () => ({ verdict: 'failed' as const, secured: { code: '', findings: [] } });
    const { code, stdout } = await run('p', { out: 'app.py' }, { reportOf });
    expect([code, readdirSync(folder)]).toEqual([1, []]);
    expect(stdout).toContain('There is no program, so app.py was not written.');
  });
});

describe('generate --json', () => {
  it('leaves stdout to the document', async () => {
    const { stdout, stderr } = await run('p', { json: '-', out: 'app.py' });
    const output = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(output).toMatchObject({
      mechanism: 'hybrid',
      models: { general: { name: 'gpt-4.1-mini', host: 'api.openai.com' }, safecoder: null },
      files: [{ path: 'app.py', verdict: 'secured' }],
    });
    expect(stderr).toContain('The program was written to app.py');
  });
});
