import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';

/** The module of the tokenizer's vocabulary: more than half of the bundle of whatever counts tokens. */
export const RANKS_MODULE = 'gpt-tokenizer/bpeRanks/o200k_base';

let packed: string | null = null;

/**
 * Writes a module with the same vocabulary, packed better than a zip packs it, into a folder, and returns its file: a
 * bundle takes it in the place of the package's own.
 */
export function writePackedRanks(folder: string): string {
  packed ??= zstdCompressSync(JSON.stringify(ranks), {
    params: { [constants.ZSTD_c_compressionLevel]: 19 },
  }).toString('base64');
  const file = join(folder, 'packed-ranks.mjs');
  writeFileSync(
    file,
    `import { zstdDecompressSync } from 'node:zlib';
export default JSON.parse(zstdDecompressSync(Buffer.from('${packed}', 'base64')));
`,
  );
  return file;
}
