import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeBlobStore } from './blob-store.contract.ts';
import { createFileBlobStore } from './file-blob-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-blobs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeBlobStore('the file blob store', async () => createFileBlobStore(await mkdtemp(join(folder, 'b-'))));

describe('the file blob store', () => {
  it('lets nobody else read what it keeps', async () => {
    const root = join(folder, 'private');

    await createFileBlobStore(root).put('runs/a/x.py', new Uint8Array([1]));

    expect((await stat(join(root, 'runs/a/x.py'))).mode & 0o077).toBe(0);
    expect((await stat(join(root, 'runs/a'))).mode & 0o077).toBe(0);
  });

  it('leaves no draft behind where a write fails, and says why', async () => {
    const root = await mkdtemp(join(folder, 'full-'));
    await writeFile(join(root, 'runs'), '');

    await expect(createFileBlobStore(root).put('runs/a/x.py', new Uint8Array([1]))).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: expect.stringContaining('blob runs/a/x.py cannot be written'),
    });
    expect(await readdir(root)).toEqual(['runs']);
  });

  it('replaces a symbolic link instead of writing through it', async () => {
    const root = await mkdtemp(join(folder, 'link-'));
    const target = join(folder, 'target');
    await writeFile(target, 'untouched');
    const store = createFileBlobStore(root);
    await store.put('runs/x.py', new Uint8Array([1]));
    await rm(join(root, 'runs/x.py'));
    await symlink(target, join(root, 'runs/x.py'));

    await store.put('runs/x.py', new Uint8Array([2]));

    expect((await stat(target)).size).toBe('untouched'.length);
  });
});
