import { NotFoundError } from '#domain/errors.ts';
import type { WorkerInput, WorkerOutput, WorkerStepName } from '#domain/worker-steps.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import type { Worker } from '#ports/worker/worker.ts';

/**
 * A worker of this machine for blobs that are elsewhere: what a step reads is brought into the worker's folder before
 * it, and what it wrote is taken out after it.
 */
export function bucketWorker(worker: Worker, folder: BlobStore, bucket: BlobStore): Worker {
  return {
    ...worker,
    async run<S extends WorkerStepName>(step: S, input: WorkerInput<S>): Promise<WorkerOutput<S>> {
      const keys = keysOf(input);
      const before = new Map<string, Uint8Array>();
      for (const key of keys) {
        const bytes = await found(bucket, key);
        if (bytes) before.set(key, bytes);
        if (bytes) await folder.put(key, bytes);
        else await folder.delete(key);
      }
      const output = await worker.run(step, input);
      for (const key of keys) {
        const bytes = await found(folder, key);
        if (bytes && !isSame(bytes, before.get(key))) await bucket.put(key, bytes);
      }
      return output;
    },
  };
}

/** A step names its blobs in fields that end in `Key` or `Keys`. */
function keysOf(input: object): string[] {
  return Object.entries(input).flatMap(([name, value]): string[] =>
    /Keys?$/.test(name) ? [value].flat().filter((key) => typeof key === 'string') : [],
  );
}

async function found(store: BlobStore, key: string): Promise<Uint8Array | null> {
  try {
    return await store.get(key);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

function isSame(bytes: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.from(bytes).equals(other);
}
