import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescribeOutput } from '#domain/worker-steps.ts';
import { createProcessWorker } from '#ports/worker/process-worker.ts';
import type { LocalConfig } from '../local-config.ts';

/** What the worker says of its operators, ordered by name. Rejects where the worker does not start. */
export async function describeOperators({
  python,
  workerDir,
}: Pick<LocalConfig, 'python' | 'workerDir'>): Promise<DescribeOutput['operators']> {
  const blobDir = await mkdtemp(join(tmpdir(), 'sgcode-docs-'));
  const worker = createProcessWorker({ python, packageDir: workerDir, blobDir, size: 1 });
  try {
    const { operators } = await worker.run('describe', {});
    return operators.toSorted((a, b) => a.name.localeCompare(b.name));
  } finally {
    await worker.close();
    await rm(blobDir, { recursive: true, force: true });
  }
}
