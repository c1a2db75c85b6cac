import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileKeySecretBox } from './file-key-secret-box.ts';
import { describeSecretBox } from './secret-box.contract.ts';

const context = { runId: 'a'.repeat(32), host: 'models.example:443' };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sgcode-secrets-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const newFolder = () => mkdtemp(join(root, 'home-'));

describeSecretBox('the file-key secret box', async () =>
  createFileKeySecretBox(join(await newFolder(), 'deep', 'secret.key')),
);

describe('the key file', () => {
  it('is made with the first secret, whole and for this user alone', async () => {
    const file = join(await newFolder(), 'deep', 'secret.key');
    const box = createFileKeySecretBox(file);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });

    await box.seal('sk-1', context);

    const { mode, size } = await stat(file);
    expect([mode & 0o777, size]).toEqual([0o600, 32]);
    expect((await stat(join(file, '..'))).mode & 0o077).toBe(0);
    expect(await readdir(join(file, '..'))).toEqual(['secret.key']);
  });

  it('is kept: a box that is opened later reads what an earlier one sealed', async () => {
    const file = join(await newFolder(), 'secret.key');
    const sealed = await createFileKeySecretBox(file).seal('sk-1', context);

    expect(await createFileKeySecretBox(file).open(sealed, context)).toBe('sk-1');
  });

  it('is one and the same for processes that start at once', async () => {
    const file = join(await newFolder(), 'secret.key');

    const sealed = await Promise.all(Array.from({ length: 4 }, () => sealElsewhere(file)));

    const box = createFileKeySecretBox(file);
    const opened = await Promise.all(sealed.flat().map((text) => box.open(text, context)));
    expect(opened).toEqual(Array(20).fill('sk-1'));
    expect(await readdir(join(file, '..'))).toEqual(['secret.key']);
  });

  it.each([0o640, 0o604, 0o660, 0o610])('is refused where others may use it: %o', async (mode) => {
    const file = join(await newFolder(), 'secret.key');
    const box = createFileKeySecretBox(file);
    const sealed = await box.seal('sk-1', context);
    await chmod(file, mode);

    for (const ask of [() => box.seal('sk-2', context), () => box.open(sealed, context)]) {
      await expect(ask()).rejects.toMatchObject({
        name: 'SecretUnavailableError',
        message: expect.stringContaining('chmod 600'),
      });
    }
  });

  it.each([
    ['empty', 0, 'has 0 bytes instead of 32'],
    ['too short', 31, 'has 31 bytes instead of 32'],
    ['too long', 33, 'has 33 bytes instead of 32'],
  ])('is refused and left alone where it is %s', async (_name, size, message) => {
    const file = join(await newFolder(), 'secret.key');
    const content = Buffer.alloc(size, 7);
    await writeFile(file, content, { mode: 0o600 });

    await expect(createFileKeySecretBox(file).seal('sk-1', context)).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: expect.stringContaining(`${file} ${message}`),
    });
    expect(await readFile(file)).toEqual(content);
  });

  it('is not followed where it is a link, and nothing is made at its end', async () => {
    const folder = await newFolder();
    const target = join(folder, 'target');
    const file = join(folder, 'secret.key');
    await symlink(target, file);
    const box = createFileKeySecretBox(file);

    await expect(box.seal('sk-1', context)).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: expect.stringContaining('is a symbolic link'),
    });
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is refused where it is no file', async () => {
    const file = join(await newFolder(), 'secret.key');
    await mkdir(file);

    await expect(createFileKeySecretBox(file).seal('sk-1', context)).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: expect.stringContaining('is not a file'),
    });
  });

  it('is not made to open something', async () => {
    const folder = await newFolder();
    const sealed = await createFileKeySecretBox(join(folder, 'secret.key')).seal('sk-1', context);
    await rm(join(folder, 'secret.key'));

    await expect(
      createFileKeySecretBox(join(folder, 'secret.key')).open(sealed, context),
    ).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: expect.stringContaining('is not there'),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says why it cannot be made', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'taken'), '');

    await expect(
      createFileKeySecretBox(join(folder, 'taken', 'secret.key')).seal('sk-1', context),
    ).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: expect.stringContaining('secret.key'),
    });
  });
});

/** Seals five secrets at once in another process. */
async function sealElsewhere(file: string): Promise<string[]> {
  const entry = fileURLToPath(new URL('./fixtures/seal-secrets.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, file, JSON.stringify(context)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  await once(child, 'close');
  return text.trim().split('\n');
}
