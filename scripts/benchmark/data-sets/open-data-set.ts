import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../../commands/usage-error.ts';
import type { DataSet, ProgramEntry } from './data-set.ts';
import { openFolder } from './folder.ts';
import { hashList, hashProgram, loadUnchanged } from './hashes.ts';
import { parseLine, readLineAgain, readLines } from './json-lines.ts';
import { type Layout, layouts } from './layouts.ts';

/**
 * Opens a folder of programs, or a file of JSON Lines whose layout its first line tells. Every line is checked,
 * and none is kept in memory. Rejects with UsageError that names what is wrong and where.
 */
export async function openDataSet(path: string): Promise<DataSet> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new UsageError(`there is no file or folder ${path}`);
  if (!info.isDirectory() && !info.isFile()) throw new UsageError(`${path} is neither a file nor a folder`);
  const { kind, entries } = info.isDirectory()
    ? { kind: 'folder' as const, entries: await openFolder(path) }
    : await openJsonLines(path);
  return { kind, path, entries, sha256: hashList(entries) };
}

async function openJsonLines(path: string): Promise<Pick<DataSet, 'kind' | 'entries'>> {
  let layout: Layout | null = null;
  const entries = new Map<string, ProgramEntry>();
  for await (const line of readLines(path)) {
    layout ??= layoutOf(path, parseLine(path, line, z.record(z.string(), z.unknown())));
    const { schema } = layout;
    const { name, program } = parseLine(path, line, schema);
    if (entries.has(name)) {
      throw new UsageError(`${path}, line ${line.number}: it is the second that is called ${name}`);
    }
    const { bytes: _, ...place } = line;
    const sha256 = hashProgram(program);
    const read = async () =>
      parseLine(path, { number: place.number, bytes: await readLineAgain(path, place) }, schema).program;
    entries.set(name, { name, sha256, load: loadUnchanged(name, sha256, read) });
  }
  if (layout === null) throw new UsageError(`${path} has no line`);
  return { kind: layout.kind, entries: [...entries.values()] };
}

function layoutOf(path: string, first: Record<string, unknown>): Layout {
  const layout = layouts.find(({ sign }) => sign in first);
  if (layout) return layout;
  const known = layouts.map(({ kind, sign }) => `${kind} (it has "${sign}")`).join(', ');
  throw new UsageError(`${path}, line 1: its layout is not known; there is: ${known}`);
}
