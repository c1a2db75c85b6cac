import type { z } from 'zod';
import type { BlobKey } from '#domain/worker-steps.ts';
import type { BlobStore } from './blob-store/blob-store.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Reads a JSON blob through its schema. Rejects with NotFoundError or a ZodError. */
export async function readJson<S extends z.ZodType>(
  blobStore: BlobStore,
  key: BlobKey,
  schema: S,
): Promise<z.output<S>> {
  return schema.parse(JSON.parse(decoder.decode(await blobStore.get(key))));
}

/** Writes a document as a JSON blob. */
export async function writeJson(blobStore: BlobStore, key: BlobKey, document: unknown): Promise<void> {
  await blobStore.put(key, encoder.encode(JSON.stringify(document)));
}

/** Writes a document as a JSON blob where there is none yet. Returns whether it did. */
export function writeNewJson(blobStore: BlobStore, key: BlobKey, document: unknown): Promise<boolean> {
  return blobStore.putNew(key, encoder.encode(JSON.stringify(document)));
}
