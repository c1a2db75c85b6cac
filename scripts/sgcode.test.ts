import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AnalyzeCommandOutputSchema } from '#domain/analyze-output.ts';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { ReportSchema } from '#domain/report.ts';

jest.setTimeout(60_000);

const ENTRY = fileURLToPath(new URL('./sgcode.ts', import.meta.url));
const WEAK = 'import yaml\n\n\ndef load(handle):\n    return yaml.load(handle)\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-cli-'));
  write('src/weak.py', WEAK);
  write('src/deep/clean.py', 'x = 1\n');
  write('bad/syntax.py', 'def f(:\n');
  write('bad/latin.py', Buffer.from([0x23, 0xe9, 0x0a]));
  write('bad/empty.py', '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs the real command in a process of its own, typed in the test's folder as npm passes it on. */
function sgcode(args: string[], onStart?: (child: ReturnType<typeof spawn>) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...args], {
      env: { ...process.env, INIT_CWD: folder, SGCODE_HOME: join(folder, 'home'), NODE_OPTIONS: '' },
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
    [['harden', 'src', '--model', 'gpt'], "unknown option '--model'"],
    [['harden', 'nowhere.py'], 'error: nowhere.py does not exist'],
    [['report', 'latest'], 'error: latest is no run'],
    [['compare', 'src'], "unknown command 'compare'"],
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

  it('gives back what cannot be analyzed as it came, and says why', async () => {
    const { code, stdout } = await sgcode(['harden', 'bad', '--out', 'bad-out', '--json', '-']);
    const { files } = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(files.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['bad/empty.py', 'already-secure'],
      ['bad/latin.py', 'failed'],
      ['bad/syntax.py', 'failed'],
    ]);
    expect(code).toBe(1);
    for (const name of ['empty', 'latin', 'syntax']) {
      const bytes = readFileSync(join(folder, `bad/${name}.py`));
      expect(readFileSync(join(folder, `bad-out/${name}.py`)).equals(bytes)).toBe(true);
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

  it('survives a reader that goes away', async () => {
    const { code, stderr } = await sgcode(['analyze', 'src', '--format', 'sarif'], (child) => {
      child.stdout?.destroy();
    });
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(1);
  });
});
