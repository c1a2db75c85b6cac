import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { describeRunStore } from './run-store.contract.ts';
import { openSqliteRunStore } from './sqlite-run-store.ts';

let folder: string;
const opened: { close(): void }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-runs-'));
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(file: string) {
  const store = openSqliteRunStore(file);
  opened.push(store);
  return store;
}

const run = {
  id: 'a'.repeat(32),
  owner: 'local',
  path: 'app.py',
  settings: RunSettingsSchema.parse({}),
  input: 'code' as const,
  hasTests: false,
  createdAt: '2026-01-01T00:00:00.000Z',
};

describeRunStore('the SQLite run store', async () => open(':memory:'));

describe('the SQLite run store', () => {
  it('is there again when the file is opened anew, and for two stores at once', async () => {
    const file = join(folder, 'deep', 'runs.sqlite');
    const first = open(file);
    const second = open(file);

    await first.create(run);
    await second.requestCancel(run.id);

    expect(await first.isCancelRequested(run.id)).toBe(true);
    expect((await open(file).get(null, run.id))?.path).toBe('app.py');
  });

  it('knows a run as abandoned when the process that worked on it is gone', async () => {
    const file = join(folder, 'abandoned.sqlite');
    const store = open(file);
    await store.create(run);
    await store.create({ ...run, id: 'b'.repeat(32) });
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const database = new DatabaseSync(file);
    database.prepare('UPDATE runs SET process = ? WHERE id = ?').run(gone, run.id);
    database.close();

    const abandoned = await store.abandoned();

    expect(abandoned.map(({ id }) => id)).toEqual([run.id]);
  });

  it('starts anew where the file is of another version', async () => {
    const file = join(folder, 'old.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE runs (a); PRAGMA user_version = 999');
    database.close();

    await open(file).create(run);

    expect((await open(file).get(null, run.id))?.id).toBe(run.id);
  });

  it('says that it cannot be used where the file is no database', async () => {
    const file = join(folder, 'broken.sqlite');
    await writeFile(file, 'This is a long text and not a database at all. '.repeat(100));

    expect(() => open(file)).toThrow(expect.objectContaining({ name: 'StoreUnavailableError' }));
  });
});
