import { ConflictError } from '#domain/errors.ts';
import { MAX_SHARES, type Share, ShareSchema } from '#domain/share.ts';
import { openSqliteDatabase } from '../sqlite-database.ts';
import { shareOfRow, shareTables } from './share-row.ts';
import type { ShareStore } from './share-store.ts';
import { isSameHash } from './share-token.ts';

/**
 * Shares in an SQLite file, which several processes of this machine may use at once.
 * Throws StoreUnavailableError where the file cannot be opened.
 */
export function openSqliteShareStore(
  file: string,
  { now = () => new Date() }: { now?: () => Date } = {},
): ShareStore & { close(): void } {
  const database = openSqliteDatabase(file, shareTables);
  const time = () => now().toISOString();
  const list = (owner: string, runId: string): Share[] =>
    database
      .rows(
        'SELECT * FROM shares WHERE owner = ? AND run_id = ? AND expires_at > ? ORDER BY created_at DESC, id',
        owner,
        runId,
        time(),
      )
      .map((row) => ShareSchema.parse(shareOfRow(row)));

  return {
    create: async ({ id, tokenHash, owner, runId, showsSecrets, createdAt, expiresAt }) => {
      database.change('DELETE FROM shares WHERE expires_at <= ?', time());
      if (list(owner, runId).length >= MAX_SHARES) {
        throw new ConflictError(`The report has ${MAX_SHARES} links already: revoke one of them.`);
      }
      database.change(
        `INSERT INTO shares (id, token_hash, owner, run_id, shows_secrets, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        tokenHash,
        owner,
        runId,
        showsSecrets ? 1 : 0,
        createdAt,
        expiresAt,
      );
    },
    list: async (owner, runId) => list(owner, runId),
    find: async ({ id, tokenHash }) => {
      const [row] = database.rows('SELECT * FROM shares WHERE id = ? AND expires_at > ?', id, time());
      const share = row ? shareOfRow(row) : null;
      return share !== null && isSameHash(share.tokenHash, tokenHash) ? share : null;
    },
    delete: async (owner, id) =>
      database.change(
        'DELETE FROM shares WHERE id = ? AND owner = ? AND expires_at > ?',
        id,
        owner,
        time(),
      ) === 1,
    deleteAll: async (owner, runId) => {
      database.change('DELETE FROM shares WHERE owner = ? AND run_id = ?', owner, runId);
    },
    close: () => database.close(),
  };
}
