import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { StoreUnavailableError } from '#domain/errors.ts';
import { TokensSchema } from '#domain/model-call.ts';
import type { ModelReply } from './code-model.ts';
import { parseJson } from './parse-json.ts';

const ReplySchema = z.object({
  text: z.string(),
  finish: z.enum(['stop', 'length', 'filtered', 'other']),
  tokens: TokensSchema,
  ms: z.number().min(0),
});
const RecordSchema = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), reply: ReplySchema });

const LINE_END = 0x0a;

/** Records of calls in a file, one on each line. Other processes may append to it at the same time. */
export type RecordsFile = {
  /** The reply to a request, also one that another process has recorded meanwhile. Throws StoreUnavailableError. */
  find(hash: string): ModelReply | undefined;
  /** Appends a line, whole and written through. Rejects with StoreUnavailableError. */
  append(line: string): Promise<void>;
};

/** Opens records; a file that is not there holds none. A line that is no record, such as one cut off, is skipped. */
export function openRecords(file: string): RecordsFile {
  const replies = new Map<string, ModelReply>();
  /** Where the first line begins that was not complete when it was read. */
  let offset = 0;
  let writing: Promise<void> = Promise.resolve();
  const readOn = () => {
    const bytes = readFrom(file, offset);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    offset += end;
    for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
      const record = RecordSchema.safeParse(parseJson(line));
      if (record.success) replies.set(record.data.hash, record.data.reply);
    }
  };
  return {
    find(hash) {
      if (!replies.has(hash)) readOn();
      return replies.get(hash);
    },
    append(line) {
      writing = writing.catch(() => {}).then(() => appendLine(file, line));
      return writing;
    },
  };
}

function readFrom(file: string, offset: number): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - offset));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unavailable('read', file, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

async function appendLine(file: string, line: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'a+', 0o600);
    // A writer that was killed leaves half a line: this one begins anew. One write, so that no other comes between.
    const start = (await isLineOpen(handle)) ? '\n' : '';
    await handle.write(Buffer.from(`${start}${line}\n`));
    await handle.datasync();
  } catch (error) {
    throw unavailable('written', file, error);
  } finally {
    await handle?.close();
  }
}

async function isLineOpen(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== LINE_END;
}

function unavailable(done: string, file: string, error: unknown): StoreUnavailableError {
  return new StoreUnavailableError(
    `the recorded answers in ${file} cannot be ${done}: ${codeOf(error) ?? 'unknown error'}`,
  );
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
