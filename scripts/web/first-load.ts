import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the workbench may load before its editor and charts. */
export const MAX_FIRST_LOAD_BYTES = 250_000;

const SCRIPT = /<script([^>]*?)\ssrc="([^"]+)"([^>]*)>/g;

/**
 * The bytes of JavaScript, compressed with gzip, that a page of the export loads by itself: every script of its HTML
 * but those for browsers without modules. Rejects where the page or a script is missing.
 */
export async function firstLoadBytes(folder: string, page: string): Promise<number> {
  const html = await readFile(join(folder, page), 'utf8');
  const sources = [...html.matchAll(SCRIPT)]
    .filter(([, before = '', , after = '']) => !/\bnomodule\b/i.test(before + after))
    .map(([, , source = '']) => source);
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => gzipSync(await readFile(join(folder, source))).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
