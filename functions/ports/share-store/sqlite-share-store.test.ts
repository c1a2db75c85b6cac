import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeShareStore } from './share-store.contract.ts';
import { hashToken, newShareToken } from './share-token.ts';
import { openSqliteShareStore } from './sqlite-share-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-shares-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeShareStore('the SQLite share store', async (now) => openSqliteShareStore(':memory:', { now }));

describe('the SQLite share store', () => {
  it('keeps no token on the disk, and is there again when it is opened anew', async () => {
    const file = join(folder, 'shares.sqlite');
    const token = newShareToken();
    const store = openSqliteShareStore(file);
    const now = Date.now();
    await store.create({
      ...hashToken(token),
      owner: 'local',
      runId: 'a'.repeat(32),
      showsSecrets: false,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 60_000).toISOString(),
    });
    store.close();

    const again = openSqliteShareStore(file);
    const found = await again.find(hashToken(token));
    again.close();

    expect(found?.runId).toBe('a'.repeat(32));
    expect((await readFile(file)).includes(token)).toBe(false);
  });
});
