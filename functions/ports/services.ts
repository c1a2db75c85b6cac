import type { BlobStore } from './blob-store/blob-store.ts';
import type { RunStore } from './run-store/run-store.ts';

/** The outside things that the steps of a run use; a composition root picks the adapters. */
export type Services = {
  runStore: RunStore;
  blobStore: BlobStore;
};
