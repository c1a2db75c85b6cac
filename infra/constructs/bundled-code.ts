import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { NodeFunction } from '#aws/functions.ts';
import { bundleFunction } from '../bundle.ts';

/** A function's bundle as an asset, built by esbuild in this process. */
export function bundledCode(spec: NodeFunction): AssetCode {
  return writtenCode((folder) => bundleFunction(spec, folder));
}

/**
 * An asset whose content is what `write` puts into an empty folder; its hash is of what was written. Not by CDK's own
 * bundling: it takes two assets of one source folder for the same, however they are built.
 */
export function writtenCode(write: (folder: string) => void): AssetCode {
  const folder = mkdtempSync(join(workshop(), 'asset-'));
  write(folder);
  return Code.fromAsset(folder);
}

let shop: string | null = null;

/** A folder for as long as this process lasts: CDK copies what it needs while the stack is made. */
function workshop(): string {
  if (shop) return shop;
  const made = mkdtempSync(join(tmpdir(), 'sgcode-assets-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  shop = made;
  return made;
}
