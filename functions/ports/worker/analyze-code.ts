import { randomBytes } from 'node:crypto';
import { checkCode } from '#domain/check-code.ts';
import { type Analysis, AnalysisSchema, type AnalyzerName } from '#domain/finding.ts';
import { analysisKey } from '#domain/run-keys.ts';
import type { BlobStore } from '../blob-store/blob-store.ts';
import { readJson } from '../json-blob.ts';
import type { Worker } from './worker.ts';

/**
 * What each analyzer says of a program, without a run. Nothing of it is kept.
 * Rejects with InputTooLargeError or InvalidInputError for code that is not taken in, and as the worker does.
 */
export async function analyzeCode(
  { blobStore, worker }: { blobStore: BlobStore; worker: Worker },
  { code, analyzers }: { code: Uint8Array; analyzers: readonly AnalyzerName[] },
): Promise<Analysis[]> {
  checkCode(code);
  const prefix = `analyses/${randomBytes(16).toString('hex')}/`;
  const codeKey = `${prefix}original.py`;
  try {
    await blobStore.put(codeKey, code);
    return await Promise.all(
      analyzers.map(async (analyzer) => {
        const key = analysisKey(codeKey, analyzer);
        await worker.run('analyze', { analyzer, codeKey, analysisKey: key });
        return readJson(blobStore, key, AnalysisSchema);
      }),
    );
  } finally {
    await blobStore.deletePrefix(prefix).catch(() => {});
  }
}
