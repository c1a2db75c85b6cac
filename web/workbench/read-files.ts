import { MAX_CODE_BYTES } from '#domain/check-code.ts';
import type { Program } from './use-draft.ts';

const MAX_PROGRAMS = 20;
const MAX_ARCHIVE_BYTES = 5_000_000;
const MAX_UNPACKED_BYTES = 20_000_000;
const MAX_NAME_CHARACTERS = 1_024;

export type ReadFiles = {
  programs: Program[];
  /** What was not taken, with the reason. */
  refused: { name: string; reason: string }[];
};

type NamedBytes = { name: string; bytes: Uint8Array };

/** The Python programs among files that a visitor gave, those in zip archives included. Never rejects. */
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const result: ReadFiles = { programs: [], refused: [] };
  for (const file of files) {
    const read = await readFile(file).catch(() => refusal(file.name, 'It could not be read.'));
    result.refused.push(...read.refused);
    for (const { name, bytes } of read.entries) {
      const code = decode(bytes);
      if (code === null) result.refused.push({ name, reason: 'It is not UTF-8 text.' });
      else if (result.programs.length >= MAX_PROGRAMS) {
        result.refused.push({ name, reason: `At most ${MAX_PROGRAMS} programs are taken at once.` });
      } else result.programs.push({ path: name.slice(-MAX_NAME_CHARACTERS), code });
    }
  }
  return result;
}

type Entries = { entries: NamedBytes[]; refused: ReadFiles['refused'] };

async function readFile(file: File): Promise<Entries> {
  const { name, size } = file;
  if (/\.zip$/i.test(name)) {
    if (size > MAX_ARCHIVE_BYTES) return refusal(name, 'Archives of up to 5 MB are taken.');
    return unpack(name, new Uint8Array(await file.arrayBuffer()));
  }
  if (!isPython(name)) return refusal(name, 'Python files (.py) and archives of them (.zip) are taken.');
  if (size > MAX_CODE_BYTES) return refusal(name, TOO_LARGE);
  return { entries: [{ name, bytes: new Uint8Array(await file.arrayBuffer()) }], refused: [] };
}

const TOO_LARGE = `Programs of up to ${MAX_CODE_BYTES.toLocaleString('en-US')} bytes are taken.`;

async function unpack(archive: string, bytes: Uint8Array): Promise<Entries> {
  const { unzipSync } = await import('fflate');
  const refused: ReadFiles['refused'] = [];
  let total = 0;
  try {
    // An entry is unpacked into as many bytes as it declares, so what is declared bounds what is unpacked.
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isPython(name) || isHidden(name)) return false;
        total += originalSize;
        if (originalSize <= MAX_CODE_BYTES && total <= MAX_UNPACKED_BYTES) return true;
        refused.push({ name, reason: TOO_LARGE });
        return false;
      },
    });
    const programs = Object.entries(entries).map(([name, content]) => ({ name, bytes: content }));
    if (programs.length === 0 && refused.length === 0) return refusal(archive, 'There is no .py file in it.');
    return { entries: programs, refused };
  } catch {
    return refusal(archive, 'It is not a zip archive, or it is damaged.');
  }
}

function isPython(name: string): boolean {
  return /\.pyw?$/i.test(name);
}

/** What archivers and tools leave beside a project's own files. */
function isHidden(name: string): boolean {
  return name
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'node_modules');
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refusal(name: string, reason: string): Entries {
  return { entries: [], refused: [{ name, reason }] };
}
