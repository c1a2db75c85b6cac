import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { functions } from './functions.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const folders = [
  ...new Set(Object.values(functions).flatMap((spec) => (spec.runs === 'image' ? [spec.folder] : []))),
];
const PACKAGES = /pip install[^&]*?--require-hashes[^&]*?--only-binary=:all:[^&]*?((?: -r [\w.-]+)+)/s;

async function read(folder: string) {
  const text = await readFile(join(CHECKOUT, folder, 'Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { text, lines, of: (word: string) => lines.filter((line) => line.startsWith(`${word} `)) };
}

describe.each(folders)('the image of %s', (folder) => {
  it('is made from a base of a named version for arm64', async () => {
    const { of } = await read(folder);

    expect(of('ARG')).toEqual([
      expect.stringMatching(/^ARG BASE=public\.ecr\.aws\/lambda\/python:\d+\.\d+-arm64/),
    ]);
    for (const from of of('FROM')) expect(from).toMatch(/^FROM \$\{BASE\}/);
  });

  it('installs nothing but what is locked by hash, and builds none of it', async () => {
    const { text, lines } = await read(folder);
    const [, files = ''] = PACKAGES.exec(text.replaceAll(/\\\n\s*/g, '')) ?? [];

    expect(lines.filter((line) => line.includes('pip install'))).toHaveLength(1);
    for (const file of files.split(' -r ').filter((name) => name.trim() !== '')) {
      const locked = await readFile(join(CHECKOUT, folder, file.trim()), 'utf8');
      const packages = locked.split('\n').filter((line) => /^[\w.[\]-]+==/.test(line));
      expect(packages.length).toBeGreaterThan(2);
      expect(locked.split('--hash=sha256:').length).toBeGreaterThan(packages.length);
    }
  });

  it('ends as a user without rights, with a handler that is there', async () => {
    const { lines, of } = await read(folder);
    const [, module = '', name = ''] = /^CMD \["([\w.]+)\.(\w+)"\]$/.exec(of('CMD').at(-1) ?? '') ?? [];
    const source = await readFile(join(CHECKOUT, folder, `${module.replaceAll('.', '/')}.py`), 'utf8');

    expect(lines.at(-1)).toMatch(/^CMD /);
    expect(lines.at(-2)).toBe('USER 65534:65534');
    expect(source).toContain(`\ndef ${name}(event: object, context: `);
  });

  it('is built from what it names, and from nothing else of its folder', async () => {
    const ignored = await readFile(join(CHECKOUT, folder, '.dockerignore'), 'utf8');
    const { of } = await read(folder);
    const copied = of('COPY')
      .filter((line) => !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));

    expect(ignored.split('\n')[0]).toBe('*');
    for (const name of copied) {
      expect([name, ignored.includes(`\n!${name}\n`)]).toEqual([name, true]);
      expect([name, existsSync(join(CHECKOUT, folder, name))]).toEqual([name, true]);
    }
  });
});
