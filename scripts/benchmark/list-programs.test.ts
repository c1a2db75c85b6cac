import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listPrograms } from './list-programs.ts';

describe('listPrograms', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-programs-'));
    for (const name of ['b.py', 'a.py', 'notes.txt']) await writeFile(join(folder, name), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('lists the programs by name', async () => {
    expect(await listPrograms(folder)).toEqual([
      { name: 'a.py', file: join(folder, 'a.py') },
      { name: 'b.py', file: join(folder, 'b.py') },
    ]);
  });

  it('says what to name where there is nothing', async () => {
    await expect(listPrograms(join(folder, 'missing'))).rejects.toThrow('--data');
  });
});
