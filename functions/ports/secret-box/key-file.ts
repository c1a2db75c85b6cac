import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SecretUnavailableError } from '#domain/errors.ts';

export const KEY_BYTES = 32;

/** Not through a link, and without waiting for the other end of a pipe. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads the key, to be wiped by the caller. Rejects with SecretUnavailableError where there is none, where somebody
 * else may read or replace it, and where it is something else than a file with 32 bytes.
 */
export async function readKeyFile(file: string): Promise<Buffer> {
  const handle = await open(file, READ_FLAGS).catch((error: unknown) => {
    throw unavailable(file, whyNotOpened(error), error);
  });
  try {
    const stats = await handle.stat();
    const wrong = whyNotTrusted(stats);
    if (wrong) throw unavailable(file, wrong);
    return await readExactly(handle, file);
  } finally {
    await handle.close();
  }
}

/**
 * Makes the key file with a random key where there is none. Of several processes that do so at once one wins, and
 * the others read its key: the file appears with all of its bytes or not at all.
 */
export async function ensureKeyFile(file: string): Promise<void> {
  const draft = join(dirname(file), `.${randomBytes(8).toString('hex')}.tmp`);
  const key = randomBytes(KEY_BYTES);
  try {
    if (await isThere(file)) return;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDraft(draft, key);
    // Fails where the name is taken, even by a link that leads nowhere.
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw unavailable(file, `cannot be made (${codeOf(error) ?? 'unknown error'})`, error);
  } finally {
    key.fill(0);
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function writeDraft(draft: string, key: Buffer): Promise<void> {
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(key);
    // Secrets that were sealed must not outlive their key in a power cut.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await (await open(file, READ_FLAGS)).close();
    return true;
  } catch (error) {
    // Whatever else stands in the way is told where the key is read.
    return codeOf(error) !== 'ENOENT';
  }
}

async function readExactly(handle: FileHandle, file: string): Promise<Buffer> {
  const key = Buffer.alloc(KEY_BYTES);
  const { bytesRead } = await handle.read(key, 0, KEY_BYTES, 0);
  if (bytesRead === KEY_BYTES) return key;
  key.fill(0);
  throw unavailable(file, `has ${bytesRead} bytes instead of ${KEY_BYTES}`);
}

function whyNotTrusted(stats: Stats): string | null {
  if (!stats.isFile()) return 'is not a file';
  if (stats.uid !== process.getuid?.()) return 'belongs to another user';
  if ((stats.mode & 0o077) !== 0) {
    return 'may be used by others: take that right away (chmod 600), or delete the file if somebody may have read it';
  }
  if (stats.size !== KEY_BYTES) return `has ${stats.size} bytes instead of ${KEY_BYTES}`;
  return null;
}

function whyNotOpened(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ELOOP' || code === 'EMLINK') return 'is a symbolic link';
  if (code === 'ENOENT') return 'is not there';
  return `cannot be read (${code ?? 'unknown error'})`;
}

function unavailable(file: string, why: string, cause?: unknown): SecretUnavailableError {
  return new SecretUnavailableError(`The key file ${file} ${why}.`, { cause });
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
