import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { formatJson } from '#rendering/render-json.ts';
import { UsageError } from './usage-error.ts';
import { writeAtomically } from './write-file.ts';

/** The file that `--json` names; null for none and for stdout. Rejects with UsageError where it has no folder. */
export async function jsonTarget({ json }: { json?: string }, cwd: string): Promise<string | null> {
  if (json === undefined || json === '-') return null;
  const file = resolve(cwd, json);
  const folder = await stat(dirname(file)).catch(() => null);
  if (!folder?.isDirectory()) throw new UsageError(`--json ${json}: there is no folder ${dirname(file)}`);
  return file;
}

/** Writes a document to the file that `jsonTarget` returned. */
export async function writeJsonTarget(file: string | null, document: unknown): Promise<void> {
  if (file !== null) await writeAtomically(file, new TextEncoder().encode(formatJson(document)));
}
