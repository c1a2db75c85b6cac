import type { SqliteTables } from '../sqlite-database.ts';

/** Where runs are kept in SQLite. */
export const runTables: SqliteTables = {
  version: 3,
  names: ['runs'],
  create: `
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
`,
};
