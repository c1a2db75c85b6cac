import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPython } from './find-python.mjs';
import { SetupError } from './setup-error.mjs';

describe('findPython', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-python-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the first that is new enough', async () => {
    await python('python3', [3, 9, 2]);
    await python('python3.12', [3, 12, 1]);

    expect(findPython({ PATH: folder }).executable).toBe('/opt/python3.12');
  });

  it('passes over one without venv where another has it', async () => {
    await python('python3', [3, 11, 2], { hasVenv: false });
    await python('python3.10', [3, 10, 0]);

    expect(findPython({ PATH: folder }).version).toEqual([3, 10, 0]);
  });

  it('prefers a tested version to a newer one, and takes the newer one alone', async () => {
    await python('python3', [3, 15, 0]);
    expect(findPython({ PATH: folder }).version).toEqual([3, 15, 0]);

    await python('python3.13', [3, 13, 9]);
    expect(findPython({ PATH: folder }).version).toEqual([3, 13, 9]);
  });

  it('looks at nothing but SGCODE_PYTHON where that is set', async () => {
    await python('python3', [3, 12, 0]);
    await python('mine', [3, 11, 0]);

    expect(findPython({ PATH: folder, SGCODE_PYTHON: join(folder, 'mine') }).executable).toBe('/opt/mine');
    expect(() => findPython({ PATH: folder, SGCODE_PYTHON: '/nowhere/python' })).toThrow(
      /SGCODE_PYTHON names \/nowhere\/python/,
    );
  });

  it('says what is missing and how to get it', async () => {
    expect(() => findPython({ PATH: folder })).toThrow(/there is none on PATH: install it/);

    await python('python3', [3, 9, 2]);
    expect(() => findPython({ PATH: folder })).toThrow(/3\.10 or later is needed, \/opt\/python3 is 3\.9\.2/);

    await python('python3.11', [3, 11, 2], { hasVenv: false });
    expect(() => findPython({ PATH: folder })).toThrow(/sudo apt install python3\.11-venv/);
    expect(() => findPython({ PATH: folder })).toThrow(SetupError);
  });

  it('passes over what is not Python', async () => {
    await command('python3', 'echo "xcode-select: no developer tools were found"; exit 0');
    await command('python', 'echo "pyenv: python: command not found" >&2; exit 127');

    expect(() => findPython({ PATH: folder })).toThrow(/there is none on PATH/);
  });

  it('understands a real Python', () => {
    const { version, executable, hasVenv } = findPython(process.env);

    expect(version[0]).toBe(3);
    expect(executable.startsWith('/')).toBe(true);
    expect(hasVenv).toBe(true);
  });

  function python(name: string, version: number[], { hasVenv = true } = {}): Promise<void> {
    return command(name, `echo '${JSON.stringify([version, `/opt/${name}`, hasVenv])}'`);
  }

  async function command(name: string, script: string): Promise<void> {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
});
