import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PAGE_FOLDER } from './build-page.ts';
import { firstLoadBytes, MAX_FIRST_LOAD_BYTES } from './first-load.ts';

const size = (text: string) => gzipSync(text).byteLength;

describe('what a page loads first', () => {
  it('is every script of its HTML once, without those for old browsers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sgcode-load-'));
    try {
      await writeFile(join(folder, 'a.js'), 'a()');
      await writeFile(join(folder, 'b.js'), 'bb()');
      await writeFile(join(folder, 'old.js'), 'old()');
      await writeFile(
        join(folder, 'index.html'),
        '<script src="/a.js"></script><script src="/b.js" async=""></script><script async="" src="/a.js"></script><script src="/old.js" noModule=""></script><script>inline()</script>',
      );

      expect(await firstLoadBytes(folder, 'index.html')).toBe(size('a()') + size('bb()'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  const built = existsSync(join(PAGE_FOLDER, 'index.html')) ? it : it.skip;
  built('is small enough for the workbench (skipped where the page is not built)', async () => {
    expect(await firstLoadBytes(PAGE_FOLDER, 'index.html')).toBeLessThanOrEqual(MAX_FIRST_LOAD_BYTES);
  });
});
