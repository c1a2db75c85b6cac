import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ModelBudgetSchema } from '#domain/model-settings.ts';
import { mechanismArm } from './arms.ts';
import type { Item } from './item-messages.ts';
import { type ItemProcess, startItemProcess } from './item-process-handle.ts';

let folder: string;
let child: ItemProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-item-'));
  child = startItemProcess(join(folder, 'base', 'home'), {
    policy: 'practical',
    analyzers: ['bandit'],
    behavior: 'never',
    databaseDriver: null,
    ggan: false,
    maxIterations: 3,
    maxSeconds: 60,
    models: [],
    budget: ModelBudgetSchema.parse({}),
  });
});
afterEach(async () => {
  await child.close();
  await rm(folder, { recursive: true, force: true });
});

const item = (code: string | Uint8Array): Item => ({
  program: 'a.py',
  code: typeof code === 'string' ? new TextEncoder().encode(code) : code,
  tests: null,
  arm: mechanismArm('rules-no-ggan'),
  output: null,
  calls: null,
});

describe('a process that measures items', () => {
  it('measures one after the other, and removes what it kept when it is closed', async () => {
    const first = await child.measure(item('import yaml\nyaml.load(x, Loader=yaml.Loader)\n'));
    const second = await child.measure(item('x = 1\n'));

    expect([first.verdict, second.verdict]).toEqual(['secured', 'already-secure']);
    expect(first.input).toMatchObject({ lines: 2, findings: 1, cwes: ['CWE-20'] });
    await child.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('has a record for code that cannot be taken in', async () => {
    const code = new Uint8Array([0xff, 0xfe, 0x41]);

    const record = await child.measure(item(code));

    expect(record).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('UTF-8'),
      input: { compiles: false, analyzed: false, findings: 0 },
      isSecured: false,
      isKept: true,
      outputSha256: record.input.sha256,
    });
  });

  it('loses its item when it dies', async () => {
    await child.measure(item('x = 1\n'));
    const measuring = child.measure(item('x = 2\n'));
    process.kill(child.pid ?? 0, 'SIGKILL');

    await expect(measuring).rejects.toMatchObject({
      name: 'ItemLostError',
      message: 'the process that measured it ended (SIGKILL)',
    });
  });
});
