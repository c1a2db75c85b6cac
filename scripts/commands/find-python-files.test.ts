import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPythonFiles } from './find-python-files.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sgcode-find-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), 'x = 1\n');
  }
}

async function find(...paths: string[]) {
  const { files, skipped } = await findPythonFiles(paths, { cwd });
  return { files: files.map(({ path }) => path), skipped: skipped.map(({ path, why }) => `${path}: ${why}`) };
}

describe('findPythonFiles', () => {
  it('takes the *.py of a folder, sorted, and any file that is named', async () => {
    write('src/b.py', 'src/a/z.py', 'src/notes.txt', 'src/c.PY', 'script');
    expect((await find('src')).files).toEqual(['src/a/z.py', 'src/b.py']);
    expect((await find('script')).files).toEqual(['script']);
  });

  it('passes over what is not the program, and says so', async () => {
    write('a.py', '.git/x.py', 'node_modules/x/y.py', 'env/lib/x.py', 'env/pyvenv.cfg', '__pycache__/x.py');
    expect(await find('.')).toEqual({
      files: ['a.py'],
      skipped: [
        '.git: hidden',
        '__pycache__: compiled files',
        'env: a virtual environment',
        'node_modules: packages of others',
      ],
    });
  });

  it('does not follow symbolic links, so that a loop ends', async () => {
    write('src/a.py', 'elsewhere/b.py');
    symlinkSync('..', join(cwd, 'src/loop'));
    symlinkSync(join(cwd, 'elsewhere/b.py'), join(cwd, 'src/b.py'));
    symlinkSync('self', join(cwd, 'src/self'));
    expect(await find('src')).toEqual({
      files: ['src/a.py'],
      skipped: ['src/b.py: a symbolic link', 'src/loop: a symbolic link'],
    });
  });

  it('takes a folder that is named by a link', async () => {
    write('real/a.py');
    symlinkSync('real', join(cwd, 'link'));
    expect((await find('link')).files).toEqual(['link/a.py']);
  });

  it('takes each file once', async () => {
    write('src/a.py');
    symlinkSync('src', join(cwd, 'alias'));
    expect((await find('src', 'src/a.py', './src/../src/a.py', 'alias/a.py')).files).toHaveLength(1);
  });

  it('refuses what does not exist, and a folder without Python', async () => {
    write('src/notes.txt', 'src/.hidden/x.py');
    symlinkSync('self', join(cwd, 'self'));
    await expect(find('nowhere.py')).rejects.toThrow('nowhere.py does not exist');
    await expect(find('self')).rejects.toThrow('leads to itself');
    await expect(find('src')).rejects.toThrow('no Python file (*.py) in src (passed over: src/.hidden)');
  });
});
