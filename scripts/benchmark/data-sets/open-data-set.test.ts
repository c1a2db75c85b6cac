import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dedent } from './dedent.ts';
import { type Line, readLineAgain, readLines } from './json-lines.ts';
import { openDataSet } from './open-data-set.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-data-set-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, lines: readonly (object | string)[]): Promise<string> {
  const path = join(folder, name);
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(path, texts.join('\n'));
  return path;
}

const task = (index: number, setup = 'import math') => ({
  CWE_ID: '95',
  index,
  task_description: { function_name: 'half', description: 'more keys do no harm' },
  ground_truth: {
    code_before: 'def half(x):',
    vulnerable_code: '\n    return eval(x)',
    patched_code: '\n    return float(x)',
    code_after: ' / 2',
  },
  unittest: { setup, testcases: 'testcases = {"capability": [({"x": "2"}, 1)], "safety": []}' },
});
const pair = (id: string) => ({
  id,
  before: '    def f():\n        return 1',
  after: '    def f():\n        return 2',
  cwe: 'CWE-078',
  group: 'one/repository',
});
const textOf = (code: Uint8Array) => new TextDecoder().decode(code);

describe('openDataSet', () => {
  it('takes the *.py of a folder, by path', async () => {
    const programs = join(folder, 'programs');
    await mkdir(join(programs, 'sub'), { recursive: true });
    await Promise.all(
      ['b.py', 'a.py', 'sub/c.py', 'notes.txt'].map((name) => writeFile(join(programs, name), `# ${name}\n`)),
    );

    const { kind, entries } = await openDataSet(programs);

    expect(kind).toBe('folder');
    expect(entries.map(({ name }) => name)).toEqual(['a.py', 'b.py', 'sub/c.py']);
    expect(await entries[2]?.load()).toEqual({ code: Buffer.from('# sub/c.py\n'), tests: null });
  });

  it('makes programs with tests of tasks', async () => {
    const { kind, entries } = await openDataSet(await file('tasks.jsonl', [task(7), '', task(8)]));

    expect([kind, entries.map(({ name }) => name)]).toEqual(['seccodeplt', ['cwe-95-7.py', 'cwe-95-8.py']]);
    const program = await entries[1]?.load();
    expect(textOf(program?.code ?? new Uint8Array())).toBe(
      'import math\n\ndef half(x):\n    return eval(x) / 2\n',
    );
    expect(program?.tests).toContain('test_functional');
  });

  it('makes programs of functions before a fix', async () => {
    const { kind, entries } = await openDataSet(await file('pairs.jsonl', [pair('ab1')]));

    expect([kind, entries[0]?.name]).toEqual(['repair-pairs', 'ab1.py']);
    expect(textOf((await entries[0]?.load())?.code ?? new Uint8Array())).toBe('def f():\n    return 1\n');
  });

  it('has another hash for other contents, other tests and another order', async () => {
    const hashes = await Promise.all(
      [
        [task(1), task(2)],
        [task(2), task(1)],
        [task(1)],
        [task(1), { ...task(2), unittest: { setup: 'import math', testcases: 'testcases = {}' } }],
      ].map(async (lines, index) => (await openDataSet(await file(`hash-${index}.jsonl`, lines))).sha256),
    );

    expect(new Set(hashes).size).toBe(4);
  });

  it.each<[string, (object | string)[], string]>([
    ['an unknown layout', [{ code: 'x = 1' }], 'line 1: its layout is not known; there is: seccodeplt'],
    ['no JSON', [task(1), '{"index": '], 'line 2: it is not JSON'],
    ['a field of another form', [task(1), { ...task(2), CWE_ID: 95 }], 'line 2: CWE_ID: '],
    ['a field that is missing', [{ ...pair('a'), group: undefined }], 'line 1: group: '],
    ['a name that leads elsewhere', [pair('../../etc/passwd')], 'line 1: id: '],
    ['the same program twice', [task(3), '', task(3)], 'line 3: it is the second that is called cwe-95-3.py'],
    ['nothing', ['', '  '], 'has no line'],
    ['a line without end', [`{"before": "${'x'.repeat(8_000_001)}`], 'line 1: it is longer than'],
  ])('refuses %s, and says where', async (name, lines, message) => {
    await expect(openDataSet(await file(`${name}.jsonl`, lines))).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a path where nothing is', async () => {
    await expect(openDataSet(join(folder, 'missing'))).rejects.toThrow('there is no file or folder');
  });

  it('does not take a program for what it was when it was changed since', async () => {
    const path = await file('changed.jsonl', [task(1)]);
    const { entries } = await openDataSet(path);
    await file('changed.jsonl', [task(1, 'import cmat')]);

    await expect(entries[0]?.load()).rejects.toThrow('cwe-95-1.py was changed');
  });
});

describe('readLines', () => {
  it('gives every line with its place, whatever its length', async () => {
    const line = fc.tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom(1, 1, 1, 4_000));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), fc.boolean(), async (parts, endsWithBreak) => {
        const lines = parts.map(([text, times]) => JSON.stringify(text).repeat(times));
        const path = await file('any.jsonl', endsWithBreak && lines.length > 0 ? [...lines, ''] : lines);

        const read: Line[] = [];
        for await (const each of readLines(path)) read.push(each);

        expect(read.map(({ bytes }) => bytes.toString())).toEqual(lines);
        expect(read.map(({ isEnded }) => isEnded)).toEqual(
          lines.map((_, index) => endsWithBreak || index < lines.length - 1),
        );
        for (const each of read) expect((await readLineAgain(path, each)).equals(each.bytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('dedent', () => {
  it('does what Python does', () => {
    const piece = fc.constantFrom(' ', '    ', '\t', 'x', 'if y:', '\n', '\n    ', '\n\t');
    const texts = fc
      .sample(fc.array(piece, { maxLength: 12 }), { numRuns: 300, seed: 1 })
      .map((parts) => parts.join(''));

    const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
    const script =
      'import json,sys,textwrap; print(json.dumps([textwrap.dedent(t) for t in json.load(sys.stdin)]))';
    const expected = JSON.parse(
      execFileSync(python, ['-c', script], { input: JSON.stringify(texts) }).toString(),
    );

    expect(texts.map(dedent)).toEqual(expected);
  });
});
