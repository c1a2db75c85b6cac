import { closeSync, openSync, writeSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { type BenchmarkRecord, BenchmarkRecordSchema } from '#domain/benchmark-record.ts';
import { type Line, parseLine, readLines } from './data-sets/json-lines.ts';

/** The records of a benchmark, a line each, in the order in which they came. */
export type RecordFile = { append(record: BenchmarkRecord): void; close(): void };

/**
 * Opens the file for more records. A line is written whole by one call, and is the system's from then on: a process
 * that is killed loses none. It is not forced onto the disk, because what a power cut takes is measured anew.
 */
export function openRecordFile(path: string): RecordFile {
  const file = openSync(path, 'a');
  return {
    append: (record) => {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      const written = writeSync(file, line);
      if (written !== line.length) throw new Error(`${path} could not be written: the disk is full`);
    },
    close: () => closeSync(file),
  };
}

/**
 * Reads the records one by one. A last line that was cut off by the end of its writer is left out. Throws UsageError
 * that names the line where one is no record.
 */
export async function* readRecords(path: string): AsyncGenerator<BenchmarkRecord> {
  for await (const line of wholeLines(path)) yield parseLine(path, line, BenchmarkRecordSchema);
}

/** Cuts off a last line that is not whole, so that the next record begins a line. */
export async function dropTornLine(path: string): Promise<void> {
  let end = 0;
  for await (const { offset, length } of wholeLines(path)) end = offset + length + 1;
  await truncate(path, end);
}

/** The lines that end as such. */
async function* wholeLines(path: string): AsyncGenerator<Line> {
  for await (const line of readLines(path)) if (line.isEnded) yield line;
}
