import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NotFoundError, StoreUnavailableError } from '#domain/errors.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { checkedKey, checkedPrefix } from './blob-names.ts';
import type { BlobStore } from './blob-store.ts';

/**
 * Blobs as files below one folder; the Python worker reads and writes the same files. Only the user of this
 * machine may read them: they hold code.
 */
export function createFileBlobStore(root: string): BlobStore {
  const fileOf = (key: BlobKey) => join(root, checkedKey(key));
  return {
    async put(key, bytes) {
      const file = fileOf(key);
      await withDraft(key, file, bytes, (draft) => rename(draft, file));
    },
    async putNew(key, bytes) {
      const file = fileOf(key);
      try {
        await withDraft(key, file, bytes, async (draft) => {
          // Unlike a rename, a link never takes the place of a file.
          await link(draft, file);
          await rm(draft);
        });
        return true;
      } catch (error) {
        if (error instanceof StoreUnavailableError && codeOf(error.cause) === 'EEXIST') return false;
        throw error;
      }
    },
    async get(key) {
      const file = fileOf(key);
      return available(`blob ${key} cannot be read`, async () => {
        try {
          return new Uint8Array(await readFile(file));
        } catch (error) {
          if (codeOf(error) === 'ENOENT') throw new NotFoundError(`no blob ${key}`);
          throw error;
        }
      });
    },
    async delete(key) {
      const file = fileOf(key);
      await available(`blob ${key} cannot be removed`, () => rm(file, { force: true }));
    },
    async deletePrefix(prefix) {
      const folder = join(root, checkedPrefix(prefix));
      await available(`blobs ${prefix} cannot be removed`, () =>
        rm(folder, { recursive: true, force: true }),
      );
    },
  };
}

/** Writes the bytes beside the file, and lets `place` put them where they belong; leaves no draft behind. */
async function withDraft(
  key: BlobKey,
  file: string,
  bytes: Uint8Array,
  place: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = join(dirname(file), `.${randomBytes(8).toString('hex')}.tmp`);
  await available(`blob ${key} cannot be written`, async () => {
    const write = () => writeFile(draft, bytes, { mode: 0o600, flag: 'wx' });
    try {
      // Most blobs go into a folder that is there.
      await write().catch(async (error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await write();
      });
      await place(draft);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
}

async function available<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFoundError) throw error;
    throw new StoreUnavailableError(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const reasons: Record<string, string> = {
    ENOSPC: 'no space left on the disk',
    EDQUOT: 'the disk quota is used up',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
  };
  const code = codeOf(error) ?? '';
  return reasons[code] ?? (code || 'unknown error');
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
