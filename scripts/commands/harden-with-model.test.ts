import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { type HardenOptions, harden } from './harden.ts';
import { UsageError } from './usage-error.ts';

const WEAK = 'import yaml\nyaml.load(f)\n';
const { mechanism: _, ...settings } = RunSettingsSchema.parse({});
const defaults: HardenOptions = { ...settings, allowPackage: [] };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-harden-'));
  file = join(folder, 'src', 'a.py');
  mkdirSync(join(folder, 'src'));
  writeFileSync(file, WEAK);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('harden with a model', () => {
  const KEY = 'sk-canary-19ce';
  const named = { model: 'm', baseUrl: 'https://host/v1', apiKeyEnv: 'KEY' };

  async function withModel(options: Partial<HardenOptions>) {
    const { calls, openEngine } = testEngine({ states: ['Excerpt', 'WaitToRepair'] });
    const { context, written } = testContext(folder, openEngine, false, { env: { KEY } });
    try {
      return {
        code: await harden(['src'], { ...defaults, ...options }, context),
        calls,
        written,
        error: null,
      };
    } catch (error) {
      return { code: 2, calls, written, error };
    }
  }

  it('is hybrid unless a mechanism is named, and hands models, budget and key on', async () => {
    const { calls, written } = await withModel({ ...named, maxModelCalls: 3, maxTokens: 999, json: '-' });
    expect(calls.settings).toMatchObject([
      {
        mechanism: 'hybrid',
        models: { general: { name: 'm', baseUrl: 'https://host/v1' }, safecoder: null },
        budget: { maxCalls: 3, maxTokens: 999, maxCostUsd: null },
      },
    ]);
    expect(calls.apiKeys).toEqual([{ general: KEY }]);
    const output = HardenOutputSchema.parse(JSON.parse(written.stdout));
    expect([output.mechanism, output.models.general]).toEqual(['hybrid', { name: 'm', host: 'host' }]);
    expect(written.stderr).toContain("src/a.py: Repair 1/3, the model's server is busy: waiting\n");
    expect(JSON.stringify(written)).not.toContain(KEY);
    expect((await withModel({})).calls.settings).toMatchObject([{ mechanism: 'rules' }]);
  });

  it.each<[string, Partial<HardenOptions>, string]>([
    ['a mechanism without its model', { mechanism: 'findings' }, 'repairs with a model, and none is set'],
    ['a mechanism for prompts', { ...named, mechanism: 'safecoder' }, 'writes from a prompt'],
    [
      'money without a price',
      { ...named, maxCost: 0.5 },
      '--max-cost cannot be held: the price of m at host',
    ],
    ['a missing key', { ...named, apiKeyEnv: 'OTHER' }, 'the environment variable OTHER is not set'],
  ])('is wrong usage with %s, before a file is touched', async (_name, options, message) => {
    const { error, calls } = await withModel({ ...options, write: true });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(message);
    expect([calls.opened, readFileSync(file, 'utf8')]).toEqual([0, WEAK]);
  });

  it('holds money where the price is known, or no model will be called', async () => {
    const priced = { model: 'gpt-4o-mini', baseUrl: 'https://api.openai.com/v1', apiKeyEnv: 'KEY' };
    expect((await withModel({ ...priced, maxCost: 0.5 })).error).toBeNull();
    expect((await withModel({ ...named, mechanism: 'rules', maxCost: 0.5 })).error).toBeNull();
  });
});
