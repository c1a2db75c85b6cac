import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { testRecord } from './fixtures/test-record.ts';
import { dropTornLine, openRecordFile, readRecords } from './record-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(path: string): Promise<BenchmarkRecord[]> {
  const records: BenchmarkRecord[] = [];
  for await (const record of readRecords(path)) records.push(record);
  return records;
}

function append(path: string, records: readonly BenchmarkRecord[]): void {
  const file = openRecordFile(path);
  for (const record of records) file.append(record);
  file.close();
}

const records = ['a.py', 'b 🐍.py', 'c\n.py'].map((name) => testRecord(name, 'rules'));

describe('the file of records', () => {
  it('gives back what was appended, also by an earlier writer', async () => {
    const path = join(folder, 'appended.jsonl');
    append(path, records.slice(0, 1));
    append(path, records.slice(1));

    expect(await read(path)).toEqual(records);
  });

  it('loses nothing but a torn last line, wherever its writer ended', async () => {
    const whole = join(folder, 'whole.jsonl');
    append(whole, records);
    const bytes = await readFile(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (end) => {
        const path = join(folder, 'torn.jsonl');
        await writeFile(path, bytes.subarray(0, end));
        const kept = bytes.subarray(0, end).toString('latin1').split('\n').length - 1;

        expect(await read(path)).toEqual(records.slice(0, kept));
        await dropTornLine(path);
        append(path, records.slice(kept));

        expect(await readFile(path)).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('says which line is no record', async () => {
    const path = join(folder, 'bad.jsonl');
    append(path, records);
    await writeFile(path, `${await readFile(path, 'utf8')}{"format":2}\n`);

    await expect(read(path)).rejects.toThrow(`${path}, line 4: format: `);
  });
});
