import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT } from './paths.mjs';
import { setUp } from './set-up.mjs';
import { SetupError } from './setup-error.mjs';

const WORKING_NPM = `
echo ran >> "$CALLS/npm"; sleep 0.1
mkdir -p node_modules/.bin; echo '{}' > node_modules/.package-lock.json
printf '#!/bin/sh\\necho v24.0.0\\n' > node_modules/.bin/node; chmod +x node_modules/.bin/node`;

const WORKING_PYTHON = `
case "$*" in
  *"-I -c "*) echo '[[3, 12, 0], "'"$0"'", true]' ;;
  *"-m venv"*) echo ran >> "$CALLS/venv"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
  *"-m pip"*) echo "$*" >> "$CALLS/pip"; cd "$(dirname "$0")"; case "$*" in *dev*) touch ruff pytest ;; esac ;;
esac`;

describe('setUp', () => {
  let root: string;
  let printed: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sgcode-setup-'));
    printed = '';
    mkdirSync(join(root, 'calls'));
    write('package.json', '{ "dependencies": {} }');
    write('package-lock.json', '{}');
    write('functions/worker/requirements.txt', 'one==1');
    write('functions/worker/requirements-dev.txt', 'two==2');
    command('npm', WORKING_NPM);
    command('python3', WORKING_PYTHON);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('installs everything once, showing each step, and then says nothing', async () => {
    expect(await run()).toBe(true);

    expect(printed).toMatch(/- npm packages and Node 24\n/);
    expect(printed).toMatch(/✓ npm packages and Node 24: done \(\d+ s\)\n/);
    expect(printed).toMatch(/✓ Python environment \.venv: done/);
    expect(calls('pip')).toHaveLength(1);
    expect(calls('pip')[0]).toContain('--require-hashes');

    printed = '';
    expect(await run()).toBe(false);
    expect(printed).toBe('');
    expect(calls('npm')).toHaveLength(1);
  });

  it('adds the test tools only where they are asked for', async () => {
    await run();
    expect(calls('pip').join()).not.toContain('requirements-dev.txt');

    await run({ dev: true });

    expect(calls('pip').at(-1)).toContain('requirements-dev.txt');
    expect(calls('venv')).toHaveLength(1);
  });

  it.each([
    ['package-lock.json', 2, 1],
    ['functions/worker/requirements.txt', 1, 2],
  ])('does again what depends on a changed %s', async (file, npmRuns, venvRuns) => {
    await run();

    write(file, 'changed');
    await run();

    expect(calls('npm')).toHaveLength(npmRuns);
    expect(calls('venv')).toHaveLength(venvRuns);
  });

  it('installs the test tools again in an environment that was built anew', async () => {
    await run({ dev: true });

    write('functions/worker/requirements.txt', 'changed');
    await run();
    await run({ dev: true });

    expect(calls('pip').filter((call) => call.includes('requirements-dev.txt'))).toHaveLength(2);
  });

  it('makes a second environment where the test runner has requirements', async () => {
    write('functions/test-runner/requirements.txt', 'three==3');

    await run();

    expect(existsSync(join(root, '.venv-runner', 'bin', 'python'))).toBe(true);
  });

  it('makes an environment for the emulator of AWS where tests are run', async () => {
    write('scripts/emulator/requirements.txt', 'four==4');
    const isThere = () => existsSync(join(root, '.venv-emulator', 'bin', 'python'));

    await run();
    const before = isThere();
    await run({ dev: true });

    expect([before, isThere()]).toEqual([false, true]);
  });

  it('installs once for two starts at the same time', async () => {
    const installed = await Promise.all([run(), run()]);

    expect(installed).toEqual([true, true]);
    expect(calls('npm')).toHaveLength(1);
    expect(calls('venv')).toHaveLength(1);
    expect(printed).toContain('Another set-up of this folder is running');
  });

  it('says in one sentence why npm failed, names the log, and does it again next time', async () => {
    command(
      'npm',
      'echo "npm error code ECONNREFUSED"; echo "npm error request to http://127.0.0.1:9/zod failed"; exit 1',
    );

    const error = await run().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(SetupError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/registry at http:\/\/127\.0\.0\.1:9 cannot be reached/),
    });
    expect(error).toMatchObject({ logFile: join(root, '.sgcode/setup/npm.log') });
    expect(readFileSync(join(root, '.sgcode/setup/npm.log'), 'utf8')).toContain('ECONNREFUSED');

    command('npm', WORKING_NPM);
    expect(await run()).toBe(true);
    expect(await run()).toBe(false);
  });

  it('takes files that npm only warns about for a failure', async () => {
    command(
      'npm',
      `${WORKING_NPM}\necho "npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write"`,
    );

    await expect(run()).rejects.toThrow(/no space left/);
  });

  it('stops npm as soon as pip has failed, and tells the reason of pip', async () => {
    command('npm', 'sleep 60');
    command(
      'python3',
      WORKING_PYTHON.replace('echo "$*" >>', 'echo "DO NOT MATCH THE HASHES"; exit 1; echo "$*" >>'),
    );
    const started = Date.now();

    await expect(run()).rejects.toThrow(/not the one that the lock file names/);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('finds out that Python is missing before anything long begins', async () => {
    rmSync(join(root, 'bin', 'python3'));

    await expect(run()).rejects.toThrow(/Python 3\.10 or later is needed and there is none/);
    expect(calls('npm')).toEqual([]);
  });

  it('tells how to get Node 24 where npm runs no install scripts', async () => {
    command('npm', 'mkdir -p node_modules; echo "{}" > node_modules/.package-lock.json');

    await expect(run()).rejects.toThrow(/ignore-scripts/);
  });

  it('says so where it may not write', async () => {
    write('.sgcode', 'a file where the folder should be');

    await expect(run()).rejects.toThrow(SetupError);
  });

  function run({ dev = false } = {}): Promise<boolean> {
    const out = { write: (text: string) => (printed += text) };
    // The real npm and Python of the machine must not be found.
    const env = { PATH: join(root, 'bin'), CALLS: join(root, 'calls') };
    return setUp({ root, dev, env, out });
  }

  function calls(name: string): string[] {
    const file = join(root, 'calls', name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  function command(name: string, script: string): void {
    write(`bin/${name}`, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  }

  function write(file: string, text: string): void {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});

describe('bootstrap.mjs', () => {
  it('tells a Node that is too old what is needed, and nothing else', async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '18.19.1' })";
    const child = spawn(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      join(CHECKOUT, 'scripts', 'bootstrap.mjs'),
      'scripts/start.ts',
    ]);
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const code = await new Promise((settle) => child.once('close', settle));

    expect(stderr).toMatch(/^Node 20 or later is needed, this is 18\.19\.1: .*\n$/);
    expect(code).toBe(1);
  });

  it('is written in syntax that Node 12 can parse', () => {
    const source = readFileSync(join(CHECKOUT, 'scripts', 'bootstrap.mjs'), 'utf8');

    expect(source).not.toMatch(/\?\.|\?\?|&&=|\|\|=|^\s*await |^import .* from|'node:/m);
  });
});
