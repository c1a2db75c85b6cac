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

/** The tables of a file. */
export type SqliteTables = {
  /** Raised with every change of the tables; an older file of this machine is started anew. */
  version: number;
  names: readonly string[];
  create: string;
};

/** Opens the file, made where it is missing; several processes of this machine may have it open. */
export function openSqliteDatabase(file: string, tables: SqliteTables): SqliteDatabase {
  const database = guarded(() => open(file, tables));
  return {
    rows: (sql, ...values) => guarded(() => database.prepare(sql).all(...values)),
    change: (sql, ...values) => guarded(() => Number(database.prepare(sql).run(...values).changes)),
    close: () => database.close(),
  };
}

function open(file: string, { version, names, create }: SqliteTables): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    const found = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (found !== version) {
      const drop = names.map((name) => `DROP TABLE IF EXISTS ${name};`).join(' ');
      database.exec(`${drop} ${create} PRAGMA user_version = ${version};`);
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
    throw new StoreUnavailableError(`the store cannot be used: ${reason}`, { cause: error });
  }
}
