import type { SQLInputValue } from 'node:sqlite';
import { ConflictError, InvalidInputError } from '#domain/errors.ts';
import type { Run, RunPage } from '#domain/run.ts';
import { openSqliteDatabase, type SqliteDatabase } from '../sqlite-database.ts';
import { runOfRow } from './run-row.ts';
import type { NewRun, RunStore } from './run-store.ts';
import { runTables } from './run-tables.ts';

const UNFINISHED = "status != 'finished'";

/**
 * Runs in an SQLite file, which several processes of this machine may use at once.
 * Throws StoreUnavailableError where the file cannot be opened.
 */
export function openSqliteRunStore(file: string): RunStore & { close(): void } {
  const database = openSqliteDatabase(file, runTables);
  const find = (where: string, ...values: SQLInputValue[]) =>
    database.rows(`SELECT * FROM runs WHERE ${where}`, ...values).map(runOfRow)[0] ?? null;
  const update = (what: string, ...values: SQLInputValue[]) =>
    database.change(`UPDATE runs SET ${what} AND ${UNFINISHED}`, ...values);

  return {
    create: async (run) => createOrFind(database, run),
    get: async (owner, id) => (owner === null ? find('id = ?', id) : find('id = ? AND owner = ?', id, owner)),
    list: async (owner, { limit, after = null }) => page(database, owner, limit, after),
    markRunning: async (id) => {
      const now = new Date().toISOString();
      update("status = 'running', started_at = ?, process = ? WHERE id = ?", now, process.pid, id);
    },
    recordProgress: async (id, progress) => {
      update('progress = ? WHERE id = ?', JSON.stringify(progress), id);
    },
    requestCancel: async (id) => {
      update('cancel_requested = 1 WHERE id = ?', id);
    },
    isCancelRequested: async (id) => find('id = ?', id)?.cancelRequested ?? true,
    finish: async (id, outcome) => {
      const now = new Date().toISOString();
      const text = JSON.stringify(outcome);
      return update("status = 'finished', finished_at = ?, outcome = ? WHERE id = ?", now, text, id) === 1;
    },
    abandoned: async () =>
      database
        .rows(`SELECT * FROM runs WHERE ${UNFINISHED}`)
        .filter((row) => !isAlive(Number(row.process)))
        .map(runOfRow),
    delete: async (owner, id) =>
      database.change('DELETE FROM runs WHERE id = ? AND owner = ?', id, owner) === 1,
    close: () => database.close(),
  };
}

function createOrFind(database: SqliteDatabase, run: NewRun): { run: Run; isNew: boolean } {
  const earlier = findEarlier(database, run);
  if (earlier) return { run: earlier, isNew: false };
  const added = database.change(
    `INSERT INTO runs (id, owner, path, settings, input, has_tests, status, created_at, process, idempotency_key,
       request_hash)
     VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    run.id,
    run.owner,
    run.path,
    JSON.stringify(run.settings),
    run.input,
    run.hasTests ? 1 : 0,
    run.createdAt,
    process.pid,
    run.idempotency?.key ?? null,
    run.idempotency?.requestHash ?? null,
  );
  const [row] = database.rows('SELECT * FROM runs WHERE id = ? AND owner = ?', run.id, run.owner);
  if (added === 1 && row) return { run: runOfRow(row), isNew: true };
  // Another request with the same idempotency key came in between.
  const other = findEarlier(database, run);
  if (other) return { run: other, isNew: false };
  throw new ConflictError(`there is a run ${run.id} already`);
}

function findEarlier(database: SqliteDatabase, { owner, idempotency }: NewRun): Run | null {
  if (idempotency === undefined) return null;
  const [row] = database.rows(
    'SELECT * FROM runs WHERE owner = ? AND idempotency_key = ?',
    owner,
    idempotency.key,
  );
  if (!row) return null;
  if (row.request_hash !== idempotency.requestHash) {
    throw new ConflictError('this Idempotency-Key was used for another request');
  }
  return runOfRow(row);
}

function page(database: SqliteDatabase, owner: string, limit: number, after: string | null): RunPage {
  if (after !== null && !/^\d{1,15}$/.test(after))
    throw new InvalidInputError('the cursor is not one of ours');
  const rows = database.rows(
    'SELECT * FROM runs WHERE owner = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    owner,
    after === null ? Number.MAX_SAFE_INTEGER : Number(after),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const isLast = rows.length <= limit;
  return { runs: shown.map(runOfRow), next: isLast ? null : String(shown.at(-1)?.sequence) };
}

/** Whether a process of this number is there; it may be another one that was given the number later. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
