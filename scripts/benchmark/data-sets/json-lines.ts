import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { UsageError } from '../../commands/usage-error.ts';

/** A program and its tests are 1 MB each at most; escapes make their JSON larger. */
const MAX_LINE_BYTES = 8_000_000;
const MAX_LINES = 200_000;

/** A line of a file, with where it stands. */
export type Line = {
  number: number;
  offset: number;
  length: number;
  bytes: Buffer;
  /** A line break stands behind it; only the last line of a file may lack it. */
  isEnded: boolean;
};

/**
 * Reads a file line by line; empty lines are left out. Holds one line in memory.
 * Throws UsageError for a line that is too long and a file of too many.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let number = 0;
  const line = (bytes: Buffer, isEnded: boolean): Line => ({
    number,
    offset,
    length: bytes.length,
    bytes,
    isEnded,
  });
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      number += 1;
      const bytes = rest.subarray(0, end);
      checkSize(path, number, bytes.length);
      if (!isBlank(bytes)) yield line(bytes, true);
      offset += end + 1;
      rest = rest.subarray(end + 1);
    }
    checkSize(path, number + 1, rest.length);
  }
  number += 1;
  if (!isBlank(rest)) yield line(rest, false);
}

/** The bytes of one line, read again. */
export async function readLineAgain(
  path: string,
  { offset, length }: Pick<Line, 'offset' | 'length'>,
): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A line as the schema has it. Throws UsageError that names file, line and field. */
export function parseLine<S extends z.ZodType>(
  path: string,
  { number, bytes }: Pick<Line, 'number' | 'bytes'>,
  schema: S,
): z.output<S> {
  const parsed = schema.safeParse(parseJson(path, number, bytes));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 3).map(({ path: field, message }) => {
    return `${field.length > 0 ? field.join('.') : 'the line'}: ${message}`;
  });
  throw new UsageError(`${path}, line ${number}: ${issues.join('; ')}`);
}

function parseJson(path: string, number: number, bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UsageError(`${path}, line ${number}: it is not JSON in UTF-8`);
  }
}

function checkSize(path: string, number: number, length: number): void {
  if (length > MAX_LINE_BYTES) {
    throw new UsageError(`${path}, line ${number}: it is longer than ${MAX_LINE_BYTES} bytes`);
  }
  if (number > MAX_LINES) throw new UsageError(`${path} has more than ${MAX_LINES} lines`);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
