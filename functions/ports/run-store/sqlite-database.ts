import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { StoreUnavailableError } from '#domain/errors.ts';

export type Row = Record<string, SQLOutputValue>;

/** An open database; every call throws StoreUnavailableError where the file cannot be read or written. */
export type SqliteDatabase = {
  rows(sql: string, ...values: SQLInputValue[]): Row[];
  /** Returns the number of rows that were changed. */
  change(sql: string, ...values: SQLInputValue[]): number;
  close(): void;
};

/** Raised with every change of the tables; an older file of this machine is started anew. */
const SCHEMA_VERSION = 3;

const TABLES = `
  CREATE TABLE runs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    path TEXT NOT NULL,
    settings TEXT NOT NULL,
    input TEXT NOT NULL,
    has_tests INTEGER NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    progress TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    process INTEGER NOT NULL,
    idempotency_key TEXT,
    request_hash TEXT,
    UNIQUE (owner, idempotency_key)
  ) STRICT;
  CREATE INDEX runs_of_owner ON runs (owner, sequence);
  CREATE INDEX runs_at_work ON runs (status) WHERE status != 'finished';
`;

/** Opens the file, made where it is missing; several processes of this machine may have it open. */
export function openSqliteDatabase(file: string): SqliteDatabase {
  const database = guarded(() => open(file));
  return {
    rows: (sql, ...values) => guarded(() => database.prepare(sql).all(...values)),
    change: (sql, ...values) => guarded(() => Number(database.prepare(sql).run(...values).changes)),
    close: () => database.close(),
  };
}

function open(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (version !== SCHEMA_VERSION) {
      database.exec(`DROP TABLE IF EXISTS runs; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION};`);
    }
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailableError(`the run store cannot be used: ${reason}`, { cause: error });
  }
}
