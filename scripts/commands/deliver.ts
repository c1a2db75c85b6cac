import { lstat, readFile } from 'node:fs/promises';
import type { Report } from '#domain/report.ts';
import { type Destination, destinationPath } from './destinations.ts';
import { type FoundFile, reasonOf } from './find-python-files.ts';
import type { Source } from './read-source.ts';
import { copyAtomically, makeFolders, writeAtomically } from './write-file.ts';

const encoder = new TextEncoder();

/** Where results go: nowhere, into a folder, or over their sources. */
export type Delivery =
  | { kind: 'show' }
  | { kind: 'folder'; destinations: Map<string, Destination> }
  | { kind: 'in-place' };

/** What became of one file's result; `problem` says why it was not written. */
export type Delivered = { written: boolean; problem: string | null };

/** Whether the run changed the code. A failed run gives the input back. */
export function isChanged(report: Report): boolean {
  return report.verdict !== 'failed' && report.secured.code !== report.original.code;
}

/** Delivers one file. Never rejects. */
export async function deliver(
  delivery: Delivery,
  file: FoundFile,
  source: Source,
  report: Report,
): Promise<Delivered> {
  try {
    if (delivery.kind === 'folder') return await deliverToFolder(delivery, file, source, report);
    if (delivery.kind === 'in-place' && isChanged(report)) return await deliverInPlace(file, source, report);
    return { written: false, problem: null };
  } catch (error) {
    return { written: false, problem: reasonOf(error) };
  }
}

async function deliverToFolder(
  { destinations }: Extract<Delivery, { kind: 'folder' }>,
  file: FoundFile,
  source: Source,
  report: Report,
): Promise<Delivered> {
  const destination = destinations.get(file.absolute);
  if (!destination || source.mode === undefined) return { written: false, problem: null };
  await makeFolders(destination.root, destination.folders);
  if ('problem' in source) {
    await copyAtomically(file.absolute, destinationPath(destination), source.mode);
    return { written: true, problem: null };
  }
  const bytes = isChanged(report) ? encoder.encode(report.secured.code) : source.bytes;
  await writeAtomically(destinationPath(destination), bytes, source.mode);
  return { written: true, problem: null };
}

async function deliverInPlace(file: FoundFile, source: Source, report: Report): Promise<Delivered> {
  if ('problem' in source) return { written: false, problem: source.problem };
  if ((await lstat(file.absolute)).isSymbolicLink()) {
    return { written: false, problem: 'it is a symbolic link; name the file that it leads to' };
  }
  const now = await readFile(file.absolute);
  if (!now.equals(source.bytes)) {
    return { written: false, problem: 'it was changed by somebody else meanwhile' };
  }
  await writeAtomically(file.absolute, encoder.encode(report.secured.code), source.mode);
  return { written: true, problem: null };
}
