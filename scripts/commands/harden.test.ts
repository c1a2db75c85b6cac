import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { InterruptedError } from './command-context.ts';
import { testContext, testEngine } from './fixtures/test-engine.ts';
import { type HardenOptions, harden } from './harden.ts';
import { UsageError } from './usage-error.ts';

const WEAK = 'import yaml\r\nyaml.load(f)\r\n';
const FIXED = 'import yaml\r\nyaml.safe_load(f)\r\n';
const defaults: HardenOptions = { ...RunSettingsSchema.parse({}), allowPackage: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-harden-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

async function run(
  paths: string[],
  options: Partial<HardenOptions> = {},
  {
    beforeReport,
    terminal,
    noRunner = false,
  }: { beforeReport?: (path: string) => void; terminal?: boolean; noRunner?: boolean } = {},
) {
  const { calls, openEngine } = testEngine({ noRunner, ...(beforeReport ? { beforeReport } : {}) });
  const { context, written, controller, closeReader } = testContext(folder, openEngine, terminal);
  const code = harden(paths, { ...defaults, ...options }, context);
  return { code: await code, ...written, calls, controller, closeReader };
}

describe('harden without --out and --write', () => {
  it('prints verdict, evidence and diff, and changes nothing', async () => {
    write('app.py', WEAK);
    const { code, stdout, calls } = await run(['app.py']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^app\.py\n✓ Secured: /);
    expect(stdout).toContain('+yaml.safe_load(f)');
    expect(read('app.py')).toBe(WEAK);
    expect(readdirSync(folder)).toEqual(['app.py']);
    expect(calls).toMatchObject({ opened: 1, closed: 1 });
  });

  it('ends with 1 when a finding remains or a file fails', async () => {
    write('left.py', `${WEAK}# keep\n`);
    write('bad.py', '# fail\n');
    expect((await run(['left.py'])).code).toBe(1);
    expect((await run(['bad.py'])).code).toBe(1);
  });

  it('sums several files up in a table', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', 'x = 1\n');
    const { stdout, stderr } = await run(['src']);
    expect(stdout).toContain('2 files: 1 already secure, 1 secured');
    expect(stderr).toContain('1/2  ✓ Secured 1 → 0  src/a.py\n2/2  ✓ Already secure 0 → 0  src/b.py\n');
  });
});

describe('harden --out', () => {
  it('writes every file, changed or not or failed, at the same relative path with its mode', async () => {
    write('src/app.py', WEAK);
    write('src/deep/er/clean.py', 'x = 1\n');
    chmodSync(write('src/run.py', '# fail\nyaml.load(f)'), 0o755);
    const { code } = await run(['src'], { out: 'out' });
    expect(code).toBe(1);
    expect(read('out/app.py')).toBe(FIXED);
    expect(read('out/deep/er/clean.py')).toBe('x = 1\n');
    expect(read('out/run.py')).toBe('# fail\nyaml.load(f)');
    expect(statSync(join(folder, 'out/run.py')).mode & 0o777).toBe(0o755);
    expect(read('src/app.py')).toBe(WEAK);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['app.py', 'deep', 'run.py']);
  });

  it('keeps bytes that are no text, and a byte order mark', async () => {
    const latin = Buffer.from([0x23, 0x20, 0x66, 0x61, 0x69, 0x6c, 0xff, 0xfe]);
    write('src/latin.py', latin);
    write('src/bom.py', `\ufeff${WEAK}`);
    await run(['src'], { out: 'out' });
    expect(readFileSync(join(folder, 'out/latin.py')).equals(latin)).toBe(true);
    expect(read('out/bom.py')).toBe(`\ufeff${FIXED}`);
  });

  it('keeps several folders apart', async () => {
    write('a/x.py', WEAK);
    write('b/x.py', 'b = 1\n');
    await run(['a', 'b/x.py'], { out: 'out' });
    expect(read('out/a/x.py')).toBe(FIXED);
    expect(read('out/b/x.py')).toBe('b = 1\n');
  });

  it('keeps the tree of a folder whose files all lie deeper', async () => {
    write('src/package/x.py', WEAK);
    await run(['src'], { out: 'out' });
    expect(read('out/package/x.py')).toBe(FIXED);
  });

  it('does not take its own output for input', async () => {
    write('app.py', WEAK);
    await run(['.'], { out: 'out' });
    const { calls, stderr } = await run(['.'], { out: 'out' });
    expect(calls.hardened).toEqual(['app.py']);
    expect(stderr).toContain('out (the output folder)');
  });

  it('refuses to replace the sources', async () => {
    write('src/app.py', WEAK);
    await expect(run(['src'], { out: 'src' })).rejects.toThrow(UsageError);
    symlinkSync(join(folder, 'src'), join(folder, 'alias'));
    await expect(run(['src'], { out: 'alias' })).rejects.toThrow('--write');
    expect(read('src/app.py')).toBe(WEAK);
  });

  it('writes nothing through a symbolic link', async () => {
    write('src/deep/app.py', WEAK);
    write('src/link.py', WEAK);
    const victim = write('victim/keep.txt', 'keep');
    mkdirSync(join(folder, 'out'));
    symlinkSync(join(folder, 'victim'), join(folder, 'out/deep'));
    symlinkSync(victim, join(folder, 'out/link.py'));
    const { code, stderr } = await run(['src'], { out: 'out' });
    expect(code).toBe(1);
    expect(stderr).toContain('is a symbolic link, and nothing is written through one');
    expect(readdirSync(join(folder, 'victim'))).toEqual(['keep.txt']);
    expect(read('victim/keep.txt')).toBe('keep');
    expect(lstatSync(join(folder, 'out/link.py')).isSymbolicLink()).toBe(false);
  });

  it('calls a result that cannot be written failed, and goes on', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', WEAK);
    mkdirSync(join(folder, 'out/a.py'), { recursive: true });
    const { code, stdout } = await run(['src'], { out: 'out', json: '-' });
    const { files } = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(files.map(({ verdict }) => verdict)).toEqual(['failed', 'secured']);
    expect(files[0]?.reason).toMatch(/could not be written/);
    expect(code).toBe(1);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['a.py', 'b.py']);
  });
});

describe('harden --write', () => {
  it('changes only the files that changed, whole, with their mode', async () => {
    chmodSync(write('src/app.py', WEAK), 0o640);
    const before = statSync(write('src/clean.py', 'x = 1\n')).ino;
    const { stdout } = await run(['src'], { write: true });
    expect(read('src/app.py')).toBe(FIXED);
    expect(statSync(join(folder, 'src/app.py')).mode & 0o777).toBe(0o640);
    expect(statSync(join(folder, 'src/clean.py')).ino).toBe(before);
    expect(stdout).toContain('1 file changed in place');
    expect(readdirSync(join(folder, 'src')).sort()).toEqual(['app.py', 'clean.py']);
  });

  it('refuses a file that was changed meanwhile', async () => {
    const file = write('app.py', WEAK);
    const { code, stderr } = await run(
      ['app.py'],
      { write: true },
      { beforeReport: () => writeFileSync(file, 'somebody = 1\n') },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('changed by somebody else meanwhile');
    expect(read('app.py')).toBe('somebody = 1\n');
  });

  it('refuses to write through a symbolic link', async () => {
    const file = write('real/app.py', WEAK);
    symlinkSync(file, join(folder, 'link.py'));
    const { code, stderr } = await run(['link.py'], { write: true });
    expect(code).toBe(1);
    expect(stderr).toContain('symbolic link');
    expect(read('real/app.py')).toBe(WEAK);
  });
});

describe('harden --json', () => {
  it('leaves stdout to the document', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', `${WEAK}# keep`);
    const { stdout, stderr } = await run(['src'], { json: '-', out: 'out' });
    const output = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(output.files.map(({ path }) => path)).toEqual(['src/a.py', 'src/b.py']);
    expect(output.totals).toMatchObject({ files: 2, findings: { before: 2, after: 1, fixed: 1 } });
    expect(stderr).toContain('2 files written below out');
  });

  it('writes a file beside the table', async () => {
    write('src/a.py', WEAK);
    const { stdout } = await run(['src'], { json: 'figures.json' });
    HardenOutputSchema.parse(JSON.parse(read('figures.json')));
    expect(stdout).toContain('✓ Secured');
    await expect(run(['src'], { json: 'no/where.json' })).rejects.toThrow('there is no folder');
  });
});

describe('files that cannot be read', () => {
  it('fail alone', async () => {
    write('a.py', WEAK);
    write('large.py', Buffer.alloc(16_000_001, '#'));
    const { code, stdout, calls } = await run(['a.py', 'large.py'], { json: '-', out: 'out' });
    const { files } = HardenOutputSchema.parse(JSON.parse(stdout));
    expect(files.map(({ verdict }) => verdict)).toEqual(['secured', 'failed']);
    expect(files[1]?.reason).toBe('The file was not read: it is too large: 16000001 bytes.');
    expect(calls.hardened).toEqual(['a.py']);
    expect(code).toBe(1);
    expect(statSync(join(folder, 'out/large.py')).size).toBe(16_000_001);
  });

  it('are not waited for', async () => {
    expect((await run(['/dev/null'])).stdout).toContain('not a regular file');
  });
});

describe('harden --tests and --behavior', () => {
  it('hands the tests and the wish on', async () => {
    write('app.py', WEAK);
    write('test_app.py', 'import app\n');
    const { calls } = await run(['app.py'], { tests: 'test_app.py', behavior: 'never' });
    expect(calls).toMatchObject({
      tests: ['import app\n'],
      behavior: ['never'],
      unsafeRunner: false,
    });
  });

  it.each([
    [['src'], 'missing.py', 'these are 2: name the one'],
    [['src/a.py'], 'missing.py', '--tests missing.py: it cannot be read'],
    [['src/a.py'], 'src', '--tests src: it is not a regular file'],
  ])('is wrong usage for %j with %s', async (paths, tests, message) => {
    write('src/a.py', WEAK);
    write('src/b.py', WEAK);
    await expect(run(paths, { tests })).rejects.toThrow(message);
  });

  it('refuses to begin where programs cannot be sealed off, and names the way out with its risk', async () => {
    write('app.py', WEAK);
    write('test_app.py', '');
    const asked = [{ tests: 'test_app.py' }, { behavior: 'always' as const }];
    for (const options of asked) {
      const running = run(['app.py'], options, { noRunner: true });
      await expect(running).rejects.toThrow(UsageError);
      await expect(running).rejects.toThrow(
        /bwrap is missing .*--unsafe-local-runner: they can then read and change your files/,
      );
    }
    expect((await run(['app.py'], {}, { noRunner: true })).code).toBe(0);
  });

  it('runs them unsealed only when told to', async () => {
    write('app.py', WEAK);
    const { calls } = await run(['app.py'], { behavior: 'always', unsafeLocalRunner: true });
    expect(calls.unsafeRunner).toBe(true);
  });
});

describe('an interrupted command', () => {
  it('finishes the file at hand, reports what is done and ends with 130', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', WEAK);
    const { calls, openEngine } = testEngine({
      beforeReport: () => controller.abort(new InterruptedError(130)),
    });
    const { context, written, controller } = testContext(folder, openEngine);
    const code = await harden(['src'], { ...defaults, out: 'out', json: '-' }, context);
    expect(code).toBe(130);
    expect(calls).toMatchObject({ hardened: ['src/a.py'], closed: 1 });
    expect(read('out/a.py')).toBe(FIXED);
    expect(existsSync(join(folder, 'out/b.py'))).toBe(false);
    expect(HardenOutputSchema.parse(JSON.parse(written.stdout)).files).toHaveLength(1);
    expect(written.stderr).toContain('Stopped after 1 of 2 files.');
  });

  it('stops when nobody reads its output, unless it writes files', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', WEAK);
    for (const out of [undefined, 'out']) {
      const { calls, openEngine } = testEngine({ beforeReport: () => closeReader() });
      const { context, closeReader } = testContext(folder, openEngine);
      const code = await harden(['src'], { ...defaults, ...(out === undefined ? {} : { out }) }, context);
      expect([calls.hardened.length, code]).toEqual(out === undefined ? [1, 141] : [2, 0]);
    }
  });
});

describe('progress', () => {
  it('is one rewritten line in a terminal, and gone at the end', async () => {
    write('src/a.py', WEAK);
    write('src/b.py', WEAK);
    const { stderr } = await run(['src'], { out: 'out' }, { terminal: true });
    expect(stderr).toMatch(/1\/2 {2}src\/a\.py\r.*2\/2 {2}src\/b\.py\r/);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });
});
