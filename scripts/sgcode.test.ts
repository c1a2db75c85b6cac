import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AnalyzeCommandOutputSchema } from '#domain/analyze-output.ts';
import { CompareOutputSchema } from '#domain/compare-output.ts';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { ReportSchema } from '#domain/report.ts';
import type { Verdict } from '#domain/verdict.ts';
import { type ModelServer, says, startModelServer } from '#ports/code-model/fixtures/model-server.ts';

jest.setTimeout(60_000);

const ENTRY = fileURLToPath(new URL('./sgcode.ts', import.meta.url));
const WEAK = 'import yaml\n\n\ndef load(handle):\n    return yaml.load(handle)\n';

/** Programs of every bad kind, what becomes of each, and what the reason must say. */
const BAD: Record<string, { content: string | Uint8Array; verdict: Verdict; reason: string }> = {
  bom: { content: `\uFEFF${WEAK}`, verdict: 'secured', reason: '1 of 1' },
  binary: { content: Uint8Array.from({ length: 256 }, (_, n) => n), verdict: 'failed', reason: 'UTF-8' },
  crlf: { content: WEAK.replaceAll('\n', '\r\n'), verdict: 'secured', reason: '1 of 1' },
  empty: { content: '', verdict: 'already-secure', reason: 'No counted finding' },
  large: { content: 'x = 1\n'.repeat(850_000), verdict: 'failed', reason: 'the limit is 1,000,000' },
  latin: { content: Buffer.from([0x23, 0xe9, 0x0a]), verdict: 'failed', reason: 'UTF-8' },
  nested: { content: `x = ${'('.repeat(2000)}${')'.repeat(2000)}`, verdict: 'failed', reason: 'nested' },
  nosec: { content: WEAK.replaceAll('\n', '  # nosec\n'), verdict: 'secured', reason: '1 of 1' },
  nul: { content: 'x = 1\0\n', verdict: 'failed', reason: 'NUL byte' },
  python2: { content: "print 'hello'\n", verdict: 'failed', reason: 'not valid Python' },
  syntax: { content: 'def f(:\n', verdict: 'failed', reason: 'not valid Python' },
  tabs: { content: WEAK.replaceAll('    ', '\t'), verdict: 'secured', reason: '1 of 1' },
  terms: { content: `x = ${'1 + '.repeat(20_000)}1\n`, verdict: 'failed', reason: 'too deep' },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-cli-'));
  write('src/weak.py', WEAK);
  write('src/deep/clean.py', 'x = 1\n');
  for (const [name, { content }] of Object.entries(BAD)) write(`bad/${name}.py`, content);
  write('bad/.bandit', '[bandit]\nskips: B506\n');
  symlinkSync('..', join(folder, 'bad/loop'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs the real command in a process of its own, typed in the test's folder as npm passes it on. */
function sgcode(
  args: string[],
  onStart?: (child: ReturnType<typeof spawn>) => void,
  settings: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...args], {
      env: {
        ...process.env,
        INIT_CWD: folder,
        SGCODE_HOME: join(folder, 'home'),
        NODE_OPTIONS: '',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      ended.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      ended.stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ ...ended, code }));
    onStart?.(child);
  });
}

describe('sgcode', () => {
  it('prints its version and its help', async () => {
    const version = await sgcode(['--version']);
    expect(version).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
    expect((await sgcode(['harden', '--help'])).stdout).toContain('--max-seconds <n>');
  });

  it.each([
    [['harden', 'src', '--mechanism', 'hybrid'], 'repairs with a model, and none is set'],
    [
      ['harden', 'src', '--write', '--model', 'm', '--base-url', 'http://u:p@h/v1'],
      'error: --base-url: It takes',
    ],
    [
      ['harden', 'src', '--model', 'm', '--base-url', 'http://h/v1', '--api-key-env', 'NO_SUCH'],
      'NO_SUCH is not set',
    ],
    [
      ['generate', ' ', '--model', 'm', '--base-url', 'http://h/v1'],
      'the prompt cannot be taken: It is empty.',
    ],
    [['harden', 'nowhere.py'], 'error: nowhere.py does not exist'],
    [['report', 'latest'], 'error: latest is no run'],
    [['compare', 'src'], "required option '--mechanisms <names>' not specified"],
    [['improve', 'src'], "unknown command 'improve'"],
  ])('%j ends with 2 and keeps stdout clean', async (args, message) => {
    const { code, stdout, stderr } = await sgcode(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, 'home'))).toBe(false);
  });
});

describe('sgcode harden', () => {
  it('secures a folder into another, with figures alone on stdout', async () => {
    const { code, stdout, stderr } = await sgcode(['harden', 'src', '--out', 'out', '--json', '-']);
    const output = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(output.files.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['src/deep/clean.py', 'already-secure'],
      ['src/weak.py', 'secured'],
    ]);
    expect(output.files[1]?.gates).toMatchObject({ secure: 'pass', behavior: 'not-run' });
    expect(code).toBe(0);
    expect(stderr).toContain('2/2  ✓ Secured 1 → 0  src/weak.py');
    expect(readFileSync(join(folder, 'out/weak.py'), 'utf8')).toContain('yaml.safe_load(handle)');
    expect(readFileSync(join(folder, 'out/deep/clean.py'), 'utf8')).toBe('x = 1\n');
    expect(readFileSync(join(folder, 'src/weak.py'), 'utf8')).toBe(WEAK);
  });

  it('prints the evidence of one file, whose report can be had again', async () => {
    const { code, stdout } = await sgcode(['harden', 'src/weak.py']);
    expect(code).toBe(0);
    expect(stdout).toContain('+    return yaml.safe_load(handle)');
    const run = /run ([0-9a-f]{32})/.exec(stdout)?.[1] ?? '';
    const json = await sgcode(['report', run, '--format', 'json']);
    expect(ReportSchema.parse(JSON.parse(json.stdout)).verdict).toBe('secured');
    const patch = await sgcode(['report', run, '--format', 'patch']);
    expect(patch.stdout).toMatch(/^diff --git a\/src\/weak\.py b\/src\/weak\.py\n/);
    expect((await sgcode(['report', run, '--format', 'html'])).stdout).toMatch(/^<!doctype html>/);
  });

  it('answers every kind of bad input clearly, gives it back as it came, and goes on', async () => {
    const { code, stdout, stderr } = await sgcode(['harden', 'bad', '--out', 'bad-out', '--json', '-']);
    const { files } = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(stderr).toContain('bad/loop (a symbolic link)');
    expect(stderr).not.toContain('    at ');
    expect(files.map(({ path }) => path)).toEqual(
      Object.keys(BAD)
        .toSorted()
        .map((name) => `bad/${name}.py`),
    );
    for (const { path, verdict, reason, gates } of files) {
      const expected = BAD[basename(path, '.py')];
      expect([path, verdict, reason]).toEqual([
        path,
        expected?.verdict,
        expect.stringContaining(expected?.reason ?? ''),
      ]);
      if (verdict === 'failed') expect(gates.secure).not.toBe('pass');
      const before = readFileSync(join(folder, path), 'latin1');
      const after = readFileSync(join(folder, path.replace('bad/', 'bad-out/')), 'latin1');
      expect(
        after === (verdict === 'secured' ? before.replace('yaml.load(', 'yaml.safe_load(') : before),
      ).toBe(true);
    }
  });

  it('stops at Ctrl-C after the file at hand, with what is done and 130', async () => {
    for (let n = 0; n < 60; n += 1) write(`many/${n}.py`, WEAK);
    const { code, stdout, stderr } = await sgcode(
      ['harden', 'many', '--out', 'many-out', '--json', '-'],
      (child) => {
        child.stderr?.once('data', () => child.kill('SIGINT'));
      },
    );
    expect(code).toBe(130);
    const { files } = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(files.length).toBeLessThan(60);
    expect(stderr).toContain(`Stopped after ${files.length} of 60 files.`);
    for (const { path } of files)
      expect(existsSync(join(folder, path.replace('many', 'many-out')))).toBe(true);
  });
});

describe('sgcode analyze', () => {
  it('lists findings and ends with 1', async () => {
    const { code, stdout } = await sgcode(['analyze', 'src', 'bad/syntax.py', '--format', 'json']);
    const { files } = AnalyzeCommandOutputSchema.parse(JSON.parse(stdout));
    expect(files.map(({ path, status, findings }) => [path, status, findings.length])).toEqual([
      ['src/deep/clean.py', 'analyzed', 0],
      ['src/weak.py', 'analyzed', 1],
      ['bad/syntax.py', 'unanalyzable', 0],
    ]);
    expect(code).toBe(1);
    expect((await sgcode(['analyze', 'src/deep'])).code).toBe(0);
  });

  it('explains by the graph network, and ends with 1 and the way out where that cannot be used', async () => {
    mkdirSync(join(folder, 'no-model'), { recursive: true });
    const { code, stdout, stderr } = await sgcode(['analyze', 'src/deep', '--explain'], () => {}, {
      SGCODE_GGAN: 'no-model',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error: The gGAN cannot be used: .*no-model\/ggan\.onnx is missing/);
  });

  it('fails where the graph network cannot be used, writes the input back, and does without it when told', async () => {
    mkdirSync(join(folder, 'no-model'), { recursive: true });
    const settings = { SGCODE_GGAN: 'no-model' };
    const args = ['harden', 'src/weak.py', '--json', '-', '--out'];

    const failed = await sgcode([...args, 'failed'], () => {}, settings);
    const without = await sgcode([...args, 'without', '--no-ggan'], () => {}, settings);

    expect([failed.code, without.code]).toEqual([1, 0]);
    const [file] = HardenOutputSchema.parse(JSON.parse(failed.stdout)).files;
    expect([file?.verdict, file?.reason]).toEqual([
      'failed',
      expect.stringMatching(/no-model\/ggan\.onnx is missing or cannot be read\. .*\(--no-ggan\)/),
    ]);
    expect(HardenOutputSchema.parse(JSON.parse(without.stdout)).files[0]?.verdict).toBe('secured');
    expect(readFileSync(join(folder, 'failed/weak.py'), 'utf8')).toBe(WEAK);
  });

  it('survives a reader that goes away', async () => {
    const { code, stderr } = await sgcode(['analyze', 'src', '--format', 'sarif'], (child) => {
      child.stdout?.destroy();
    });
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(1);
  });
});

describe('sgcode with a model', () => {
  const KEY = 'sk-canary-5d0c77e1';
  const answers: [when: string, text: string][] = [
    ['a loader of settings', `Here it is:\n\`\`\`python\n${WEAK}\`\`\`\n`],
    ['yaml.load', '```python\ndef load(handle):\n    return yaml.safe_load(handle)\n```'],
  ];
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer(({ body }) => {
      const asked = JSON.stringify(body.messages);
      const [, text = 'no'] = answers.find(([when]) => asked.includes(when)) ?? [];
      return says(text, { prompt: 100, completion: 20 });
    });
  });
  afterAll(() => server.close());

  const named = () => ['--model', 'scripted', '--base-url', server.baseUrl, '--api-key-env', 'MY_KEY'];
  const withKey = (args: string[]) => sgcode(args, () => {}, { MY_KEY: KEY });

  it('repairs with it, names it, counts what it took, and shows its key nowhere', async () => {
    const { code, stdout, stderr } = await withKey([
      'harden',
      'src/weak.py',
      ...['--mechanism', 'promsec', '--details', '--json', 'model.json'],
      ...named(),
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('Rewritten by the model\n  line 4  load: B506 (CWE-20)');
    expect(stdout).toContain(`mechanism promsec, model scripted at ${new URL(server.baseUrl).host}`);
    expect(stdout).toContain('1 model call, tokens 100 in, 20 out, cost unknown');
    const json = readFileSync(join(folder, 'model.json'), 'utf8');
    expect(HardenOutputSchema.parse(JSON.parse(json)).files[0]).toMatchObject({
      verdict: 'secured',
      repairs: [{ name: 'load', cwes: ['CWE-20'] }],
      modelCalls: 1,
      costUsd: null,
    });
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(`${stdout}${stderr}${json}`).not.toContain(KEY);
  });

  it('writes a program from a prompt and secures it', async () => {
    const { code, stdout } = await withKey([
      'generate',
      'a loader of settings',
      '--out',
      'made.py',
      ...named(),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'made.py'), 'utf8')).toContain('yaml.safe_load(handle)');
    expect(stdout).toMatch(/Asked for\n {2}a loader of settings\n\nProgram\nimport yaml\n/);
    expect(stdout).toContain('nothing proves that it does what was asked');
  });

  it('compares mechanisms on one input', async () => {
    const args = ['compare', 'src/weak.py', '--mechanisms', 'rules,promsec', '--behavior', 'never'];
    const { code, stdout } = await withKey([...args, '--format', 'json', ...named()]);
    expect(code).toBe(0);
    const [file] = CompareOutputSchema.parse(JSON.parse(stdout)).files;
    expect(
      file?.runs.map(({ name, verdict, modelCalls, isBest }) => [name, verdict, modelCalls, isBest]),
    ).toEqual([
      ['rules', 'secured', 0, true],
      ['promsec', 'secured', 1, false],
    ]);
  });
});
