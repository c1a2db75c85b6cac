import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunSettingsInput } from '#domain/loop-state.ts';
import type { ModelRole } from '#domain/model-settings.ts';
import type { Report } from '#domain/report.ts';
import { fails, type ModelServer, says, startModelServer } from '#ports/code-model/fixtures/model-server.ts';
import { openRealServices, type RealServices } from './fixtures/real-services.ts';
import { hardenCode } from './harden-code.ts';

const QUERY = `import sqlite3


def find(name):
    connection = sqlite3.connect("shop.db")
    cursor = connection.execute("SELECT id FROM items WHERE name = '" + name + "'")  # by name
    return cursor.fetchall()


def count(items):
    return len(items)
`;
const FIXED_FIND = `def find(name):
    connection = sqlite3.connect("shop.db")
    cursor = connection.execute("SELECT id FROM items WHERE name = ?", (name,))  # by name
    return cursor.fetchall()
`;
const FIXED = QUERY.replace(
  `"SELECT id FROM items WHERE name = '" + name + "'"`,
  '"SELECT id FROM items WHERE name = ?", (name,)',
);

const fenced = (code: string) => `\`\`\`python\n${code}\`\`\``;

let services: RealServices;
let server: ModelServer;
beforeAll(async () => {
  services = await openRealServices();
});
afterAll(() => services.close());
afterEach(() => server.close());

type Run = { report: Report; prompts: string[]; states: string[] };

/** Hardens with a model that gives these answers one after the other. */
async function run(
  source: { code: string } | { prompt: string },
  answers: (string | ReturnType<typeof fails> | ((prompt: string) => string))[],
  settings: RunSettingsInput,
  role: ModelRole = 'general',
  stop: AbortController | null = null,
): Promise<Run> {
  const left = [...answers];
  server = await startModelServer(({ body }) => {
    stop?.abort();
    const given = left.shift() ?? fails(500);
    const next = typeof given === 'function' ? given(JSON.stringify(body)) : given;
    return typeof next === 'string' ? says(next, { prompt: 100, completion: 50 }) : next;
  });
  const states: string[] = [];
  const template = role === 'safecoder' ? ('safecoder' as const) : ('chat' as const);
  const model = { name: 'scripted', baseUrl: server.baseUrl, template };
  const report = await hardenCode(
    services,
    {
      path: 'app.py',
      ...('code' in source ? { code: new TextEncoder().encode(source.code) } : source),
      settings: { models: { [role]: model }, ...settings },
    },
    { onState: (name) => states.push(name), ...(stop ? { signal: stop.signal } : {}) },
  );
  const prompts = server.requests.map(({ body }) => JSON.stringify(body));
  return { report, prompts, states };
}

describe('a run that a model repairs', () => {
  it('asks again where the mark around data got into the code', async () => {
    const marked = (prompt: string) => fenced(`${/<<<(\w{16})/.exec(prompt)?.[1]} = 1\n${FIXED_FIND}`);

    const { report, prompts } = await run({ code: QUERY }, [marked, fenced(FIXED_FIND)], {
      mechanism: 'promsec',
    });

    expect([report.verdict, report.modelCalls]).toEqual(['secured', 2]);
    expect(prompts[1]).toContain('Your last answer could not be used: it holds the mark');
  });

  it('puts the answered function back and leaves every other byte', async () => {
    const { report, prompts } = await run({ code: QUERY }, [fenced(FIXED_FIND)], { mechanism: 'promsec' });

    expect([report.verdict, report.secured.code]).toEqual(['secured', FIXED]);
    expect(report.gates.behavior.light).not.toBe('fail');
    expect(report.repaired).toMatchObject([{ name: 'find', line: 4, targets: [{ rule: 'B608' }] }]);
    expect([report.edits, report.iterations, report.modelCalls]).toEqual([[], 1, 1]);
    expect(report.tokens).toEqual({ prompt: 100, completion: 50, estimated: false });
    expect(report.costUsd).toBeNull();
    expect(prompts[0]).toContain('parameter');
    expect(prompts[0]).not.toContain('def count');
  });

  it('asks no model for what operators can do', async () => {
    const { report, prompts } = await run({ code: QUERY }, [], { mechanism: 'hybrid' });

    expect([report.verdict, report.modelCalls, prompts]).toEqual(['secured', 0, []]);
    expect(report.costUsd).toBe(0);
  });

  it('takes hybrid where a model is set and nothing else is said', async () => {
    const { report } = await run({ code: 'x = 1\n' }, [], {});

    expect([report.settings.mechanism, report.verdict]).toEqual(['hybrid', 'already-secure']);
  });

  it('tells the model what was wrong with its answer, then asks for the whole file', async () => {
    const answers = ['Sorry?', fenced('def other():\n    pass\n'), fenced(FIXED)];

    const { report, prompts } = await run({ code: QUERY }, answers, { mechanism: 'promsec' });

    expect([report.verdict, report.secured.code]).toEqual(['secured', FIXED]);
    expect([report.modelCalls, report.iterations]).toEqual([3, 1]);
    expect(prompts[2]).toContain('whole corrected program');
  });

  it('gives the reasons of a rejected answer to the next prompt, and keeps the input as the best', async () => {
    const emptied = 'def find(name):\n    return []\n';

    const { report, prompts } = await run({ code: QUERY }, [fenced(emptied), fenced(FIXED_FIND)], {
      mechanism: 'promsec',
      maxIterations: 2,
    });

    expect([report.verdict, report.iterations]).toEqual(['secured', 2]);
    expect(prompts[1]?.length ?? 0).toBeGreaterThan(prompts[0]?.length ?? 0);
  });

  it('never takes an answer that empties the function', async () => {
    const emptied = fenced('def find(name):\n    return []\n');

    const { report } = await run({ code: QUERY }, [emptied, emptied, emptied], { mechanism: 'promsec' });

    expect([report.verdict, report.secured.code]).toEqual(['unchanged', QUERY]);
    expect(report.reason).toContain('was not accepted');
  });

  it('runs the baselines through the same gates', async () => {
    const findings = await run({ code: QUERY }, [fenced(FIXED)], { mechanism: 'findings' });
    expect([findings.report.verdict, findings.report.modelCalls]).toEqual(['secured', 1]);
    expect(findings.prompts[0]).toContain('B608');
    await server.close();

    const answers = ['Write a program that finds items by name.', fenced(FIXED)];
    const rewritten = await run({ code: QUERY }, answers, { mechanism: 'describe-and-rewrite' });
    expect([rewritten.report.verdict, rewritten.report.modelCalls]).toEqual(['secured', 2]);
    expect(rewritten.prompts[1]).toContain('finds items by name');
    expect(rewritten.prompts[1]).not.toContain('shop.db');
  });

  it('counts what earlier answers declared where a baseline goes on from them', async () => {
    const secret = QUERY.replace('import sqlite3', 'import sqlite3\n\nDB_PASSWORD = "k7!wQz2-Rvbn"');
    const fromEnvironment = 'import os\nimport sqlite3\n\nDB_PASSWORD = os.environ["DB_PASSWORD"]';
    const rejected = QUERY.replace('import sqlite3', fromEnvironment).replace('len(items)', '0');
    const right = FIXED.replace('import sqlite3', fromEnvironment);

    const { report } = await run({ code: secret }, [fenced(rejected), fenced(right)], {
      mechanism: 'findings',
      maxIterations: 2,
    });

    expect([report.verdict, report.secured.code, report.iterations]).toEqual(['secured', right, 2]);
    expect(report.environment).toMatchObject([{ name: 'DB_PASSWORD' }]);
  });

  it.each([
    ['repair', { code: QUERY }, 'unchanged'],
    ['program', { prompt: 'Find items.' }, 'failed'],
  ] as const)('asks for no other %s once the run is cancelled', async (_what, source, verdict) => {
    const stop = new AbortController();
    const settings = { mechanism: 'promsec' } as const;

    const { report, prompts } = await run(source, ['Sorry?', 'Sorry?'], settings, 'general', stop);

    const stored = await services.runStore.get('local', report.runId);
    expect([report.verdict, prompts.length, stored?.outcome?.cancelled]).toEqual([verdict, 1, true]);
    expect(report.reason).toContain('the run was cancelled');
  });

  it('ends with what it has where the budget has no room for another call', async () => {
    const { report } = await run({ code: QUERY }, [], { mechanism: 'promsec', budget: { maxCalls: 0 } });

    expect([report.verdict, report.modelCalls]).toEqual(['unchanged', 0]);
    expect(report.reason).toContain('No more calls');
  });

  it('waits as long as a busy server asks', async () => {
    const busy = fails(429, {}, { 'retry-after': '1' });

    const { report, states } = await run({ code: QUERY }, [busy, fenced(FIXED_FIND)], {
      mechanism: 'promsec',
    });

    expect([report.verdict, report.modelCalls]).toEqual(['secured', 2]);
    expect(states).toContain('WaitToRepair');
  });

  it('says what to do where the server refuses the key, and gives the input back', async () => {
    const { report } = await run({ code: QUERY }, [fails(401)], { mechanism: 'promsec' });

    expect([report.verdict, report.secured.code]).toEqual(['failed', QUERY]);
    expect(report.reason).toMatch(/Repair failed: .*401/);
  });
});

describe('a run that begins with a prompt', () => {
  it('generates the original, then hardens it', async () => {
    const { report, states } = await run(
      { prompt: 'A function that finds items by name.' },
      [fenced(QUERY)],
      {},
    );

    expect([report.verdict, report.original.code, report.modelCalls]).toEqual(['secured', QUERY, 1]);
    expect(states.slice(0, 3)).toEqual(['IsCodeGiven', 'Generate', 'IsCodeGenerated']);
  });

  it('only analyzes what SafeCoder wrote', async () => {
    const settings = { mechanism: 'safecoder' } as const;

    const { report, prompts } = await run({ prompt: 'Find items.' }, [fenced(QUERY)], settings, 'safecoder');

    expect([report.verdict, report.secured.code, report.edits]).toEqual(['unchanged', QUERY, []]);
    expect(report.findings.after).toBe(1);
    expect(prompts[0]).toContain('### Instruction:');
  });

  it('asks again for an answer without code, and fails in words', async () => {
    const { report } = await run({ prompt: 'Find items.' }, ['No.', 'No.', 'No.'], {});

    expect([report.verdict, report.original.code, report.modelCalls]).toEqual(['failed', '', 3]);
    expect(report.reason).toContain('no code');
  });
});
