import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInputError, NotFoundError, StoreUnavailableError } from '#domain/errors.ts';
import { type BlobKey, BlobKeySchema } from '#domain/worker-steps.ts';
import type { BlobStore } from './blob-store.ts';

const PREFIX = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\/$/;

/**
 * Blobs as files below one folder; the Python worker reads and writes the same files. Only the user of this
 * machine may read them: they hold code.
 */
export function createFileBlobStore(root: string): BlobStore {
  const fileOf = (key: BlobKey) => {
    if (!BlobKeySchema.safeParse(key).success) throw new InvalidInputError(`not a blob key: ${key}`);
    return join(root, key);
  };
  return {
    async put(key, bytes) {
      const file = fileOf(key);
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
          await rename(draft, file);
        } catch (error) {
          await rm(draft, { force: true });
          throw error;
        }
      });
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
      if (!PREFIX.test(prefix)) throw new InvalidInputError(`not a blob prefix: ${prefix}`);
      await available(`blobs ${prefix} cannot be removed`, () =>
        rm(join(root, prefix), { recursive: true, force: true }),
      );
    },
  };
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
