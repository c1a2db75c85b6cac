import type { Row, SqliteTables } from '../sqlite-database.ts';
import { type StoredShare, StoredShareSchema } from './share-store.ts';

/** Where shares are kept in SQLite. */
export const shareTables: SqliteTables = {
  version: 1,
  names: ['shares'],
  create: `
  CREATE TABLE shares (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL,
    owner TEXT NOT NULL,
    run_id TEXT NOT NULL,
    shows_secrets INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX shares_of_run ON shares (run_id);
`,
};

/** A row of the table `shares`. Throws where the row does not hold one. */
export function shareOfRow(row: Row): StoredShare {
  return StoredShareSchema.parse({
    id: row.id,
    tokenHash: row.token_hash,
    owner: row.owner,
    runId: row.run_id,
    showsSecrets: row.shows_secrets === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  });
}
