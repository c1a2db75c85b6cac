import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { banditRules } from '#domain/bandit-rules.ts';
import { MAX_CODE_BYTES } from '#domain/check-code.ts';
import { EditsSchema } from '#domain/edit-plan.ts';
import { AnalyzerNameSchema } from '#domain/finding.ts';
import { OperatorNameSchema } from '#domain/operators.ts';
import { ExcerptSchema, RepairedTargetSchema, type RepairTarget } from '#domain/repair.ts';
import { blobKeyPattern, DatabaseDriverSchema, type DescribeOutput } from '#domain/worker-steps.ts';
import { createFileBlobStore } from '../blob-store/file-blob-store.ts';
import { analyzeCode } from './analyze-code.ts';
import { createProcessWorker } from './process-worker.ts';
import type { Worker } from './worker.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const packageDir = path('../../worker');
const bytes = (text: string) => new TextEncoder().encode(text);
let blobDir: string;
let worker: Worker;
let described: DescribeOutput;

beforeAll(async () => {
  blobDir = await mkdtemp(join(tmpdir(), 'sgcode-worker-'));
  worker = createProcessWorker({ python: path('../../../.venv/bin/python'), packageDir, blobDir, size: 1 });
  described = await worker.run('describe', {});
});
afterAll(async () => {
  await worker.close();
  await rm(blobDir, { recursive: true, force: true });
});

/** No analyzer's rule asks for these: the gGAN proposes them. */
const PROPOSED: ReadonlySet<string> = new Set([
  'escape-html',
  'refuse-weak-hash',
  'quote-shell-word',
  'contain-path',
]);

describe('what TypeScript and the Python worker must agree on', () => {
  it('is the analyzers', () => {
    expect(described.analyzers.map(({ name }) => name)).toEqual(AnalyzerNameSchema.options);
  });

  it('is the operators', () => {
    expect(described.operators.map(({ name }) => name).toSorted()).toEqual(
      OperatorNameSchema.options.toSorted(),
    );
  });

  it('is the database drivers that a run may name', () => {
    expect(described.databaseDrivers).toEqual(DatabaseDriverSchema.options);
  });

  it('is that an operator is about the weakness of one of its rules', () => {
    for (const { name, cwe } of described.operators) {
      const ofRules = banditRules.filter(({ operator }) => operator === name).map((rule) => rule.cwe);
      const expected = cwe === null || PROPOSED.has(name) ? [] : expect.arrayContaining([cwe]);
      expect([name, ofRules]).toEqual([name, expected]);
    }
  });

  it('is the rules of Bandit, each with a row in the policy table', () => {
    const [bandit] = described.analyzers;

    expect(banditRules.map(({ id, name }) => [id, name])).toEqual(
      bandit?.rules.map(({ id, name }) => [id, name]),
    );
    for (const { id, cwe } of bandit?.rules ?? []) {
      if (cwe !== null) expect([id, banditRules.find((rule) => rule.id === id)?.cwe]).toEqual([id, cwe]);
    }
  });

  it('is the size of a program and the form of a blob key', async () => {
    const limits = await readFile(join(packageDir, 'sgcode_worker/limits.py'), 'utf8');
    const contract = await readFile(join(packageDir, 'sgcode_worker/contract.py'), 'utf8');

    expect(limits).toMatch(
      new RegExp(`^MAX_CODE_BYTES = ${MAX_CODE_BYTES.toLocaleString('en-US').replaceAll(',', '_')}$`, 'm'),
    );
    const pattern = /_BLOB_KEY = re.compile\(r"(.*)"\)/.exec(contract)?.[1];
    expect(blobKeyPattern.source.replaceAll('\\/', '/')).toBe(`^${pattern}$`);
  });
});

describe('a repair', () => {
  const code = `import os\npassword = "hunter2-a"\n\ndef f(x):\n    return eval(x)\n${'filler = 1\n'.repeat(9)}`;
  const target = (id: string, place: Partial<RepairTarget>): RepairTarget => ({
    id,
    rule: 'B105',
    cwe: 'CWE-259',
    source: 'both',
    message: 'Possible hardcoded password',
    operator: null,
    line: 2,
    column: 11,
    endLine: 2,
    endColumn: 22,
    definition: '',
    lines: [],
    ...place,
  });

  it('is cut out and put back in the form that both sides agree on', async () => {
    const blobStore = createFileBlobStore(blobDir);
    const putJson = (key: string, value: unknown) => blobStore.put(key, bytes(JSON.stringify(value)));
    const getJson = async (key: string): Promise<unknown> =>
      JSON.parse(new TextDecoder().decode(await blobStore.get(key)));
    const codeKey = 'repair/code.py';
    const excerptKey = 'repair/excerpt.json';
    const targets = [target('a', { operator: 'secret-from-env' }), target('b', { line: 5, endLine: 5 })];
    await blobStore.put(codeKey, bytes(code));
    await putJson('repair/plan.json', { edits: [], targets });
    const output = await worker.run('excerpt', {
      codeKey,
      planKey: 'repair/plan.json',
      excerptKey,
      allowedPackages: [],
      databaseDriver: null,
    });
    expect(output.parts).toBe(2);
    const excerpt = ExcerptSchema.strict().parse(await getJson(excerptKey));
    expect(excerpt.parts.map(({ name, kind, targets }) => [name, kind, targets])).toEqual([
      ['module:1', 'statement', ['a']],
      ['f', 'function', ['b']],
    ]);
    expect(excerpt.targets).toEqual(targets.map((each) => RepairedTargetSchema.parse(each)));
    const variable = excerpt.allowed[0]?.environment[0]?.name;
    await putJson('repair/answer.json', { form: 'parts', code: `password = os.environ["${variable}"]` });
    const putBack = await worker.run('put-back', {
      codeKey,
      excerptKey,
      answerKey: 'repair/answer.json',
      candidateKey: 'repair/candidate.py',
      editsKey: 'repair/edits.json',
    });

    expect(putBack).toMatchObject({ outcome: 'changed', reason: null });
    const edits = EditsSchema.strict().parse(await getJson('repair/edits.json'));
    expect(edits.repaired.map(({ name, environment }) => [name, environment])).toEqual([
      ['module:1', excerpt.allowed[0]?.environment],
    ]);
    await blobStore.deletePrefix('repair/');
  });
});

describe('analyzeCode', () => {
  it('returns the findings with their places, and keeps nothing', async () => {
    const blobStore = createFileBlobStore(blobDir);

    const [analysis] = await analyzeCode(
      { blobStore, worker },
      { code: bytes('import os\n\ndef f(é):\n    os.system("ls " + é)\n'), analyzers: ['bandit'] },
    );

    expect(analysis).toMatchObject({ analyzer: 'bandit', version: '1.9.4', status: 'analyzed' });
    expect(analysis?.findings).toEqual([
      expect.objectContaining({
        rule: 'B605',
        cwe: 'CWE-78',
        line: 4,
        column: 4,
        endColumn: 24,
        definition: 'f',
      }),
    ]);
    expect(await filesBelow(blobDir)).toEqual([]);
  });

  it('says why a program could not be analyzed, which is not clean', async () => {
    const [analysis] = await analyzeCode(
      { blobStore: createFileBlobStore(blobDir), worker },
      { code: bytes("print 'hello'\n"), analyzers: ['bandit'] },
    );

    expect(analysis).toMatchObject({ status: 'unanalyzable', findings: [] });
    expect(analysis?.reason).toContain('not valid Python');
  });

  it.each([
    [new Uint8Array(MAX_CODE_BYTES + 1).fill(32), 'InputTooLargeError'],
    [Uint8Array.of(0x6e, 0xe9), 'InvalidInputError'],
  ])('refuses code that is too large or not UTF-8', async (code, name) => {
    const analyzing = analyzeCode(
      { blobStore: createFileBlobStore(blobDir), worker },
      { code, analyzers: ['bandit'] },
    );

    await expect(analyzing).rejects.toMatchObject({ name });
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
