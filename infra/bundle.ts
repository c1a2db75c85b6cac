import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import type { NodeFunction } from '#aws/functions.ts';
import { CHECKOUT } from './checkout.ts';
import { RANKS_MODULE, writePackedRanks } from './packed-ranks.ts';

/** CommonJS packages in an ES module ask for Node's own modules by this name. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/**
 * Writes a function's bundle into a folder: `index.mjs`, and beside it the files that it reads. The AWS SDK is the
 * runtime's own and ONNX Runtime the layer's, so neither is in it.
 * Throws esbuild's error when the entry does not build.
 */
export function bundleFunction(
  { entry, needsOnnxRuntime, leavesOut = [], copies = [] }: NodeFunction,
  folder: string,
): void {
  const workshop = mkdtempSync(join(tmpdir(), 'sgcode-bundle-'));
  buildSync({
    absWorkingDir: CHECKOUT,
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    banner: { js: REQUIRE },
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: {
      [RANKS_MODULE]: writePackedRanks(workshop),
      ...Object.fromEntries(leavesOut.map((module) => [module, emptyModule(workshop)])),
    },
    external: ['@aws-sdk/*', ...(needsOnnxRuntime ? ['onnxruntime-node'] : [])],
    logLevel: 'error',
  });
  rmSync(workshop, { recursive: true });
  for (const { from, to } of copies) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(join(CHECKOUT, from), join(folder, to));
  }
}

function emptyModule(folder: string): string {
  const file = join(folder, 'empty.mjs');
  writeFileSync(file, 'export default undefined;\n');
  return file;
}
