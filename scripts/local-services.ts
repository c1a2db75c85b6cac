import { availableParallelism } from 'node:os';
import { finalizeAbandonedRuns } from '#hardening/finalize-run.ts';
import { executeRun } from '#hardening/local-runner.ts';
import { createRiskModel } from '#hardening/plan-edits/risk-model/onnx-risk-model.ts';
import { createFileBlobStore } from '#ports/blob-store/file-blob-store.ts';
import { createLocalModelDirectory } from '#ports/model-directory/model-directory.ts';
import { createThreadPdfRenderer } from '#ports/pdf-renderer/thread-pdf-renderer.ts';
import { createLocalRunLauncher } from '#ports/run-launcher/local-run-launcher.ts';
import { openSqliteRunStore } from '#ports/run-store/sqlite-run-store.ts';
import { createFileKeySecretBox } from '#ports/secret-box/file-key-secret-box.ts';
import type { ApiServices, Services } from '#ports/services.ts';
import { openSqliteShareStore } from '#ports/share-store/sqlite-share-store.ts';
import { createLocalTestRunner } from '#ports/test-runner/local-test-runner.ts';
import { createProcessWorker } from '#ports/worker/process-worker.ts';
import { openCodeModel } from './local-code-model.ts';
import type { LocalConfig } from './local-config.ts';

const PDF_THREAD = new URL('../functions/rendering/pdf/pdf-thread.ts', import.meta.url);

/** The adapters of this machine; `close` ends what is at work. */
export type LocalServices = ApiServices & Services & { close(): Promise<void> };

export type LocalServicesOptions = {
  /** Run programs without a box where none can be sealed: they can then do whatever this user can. */
  unsafeRunner?: boolean;
  /** The most runs and worker processes at once. */
  concurrency?: number;
};

/**
 * Picks the local adapters: SQLite, files, the Python worker and the state machine in this process. Runs that
 * a killed process left unfinished get their reports first. Rejects with StoreUnavailableError.
 */
export async function openLocalServices(
  config: LocalConfig,
  { unsafeRunner = false, concurrency = Math.min(2, availableParallelism()) }: LocalServicesOptions = {},
): Promise<LocalServices> {
  const runStore = openSqliteRunStore(config.databaseFile);
  const shareStore = openSqliteShareStore(config.sharesFile);
  const blobStore = createFileBlobStore(config.blobDir);
  const worker = createProcessWorker({
    python: config.python,
    packageDir: config.workerDir,
    blobDir: config.blobDir,
    size: concurrency,
    debug: config.isDebugging,
  });
  const testRunner = createLocalTestRunner({
    python: config.runnerPython,
    packageDir: config.runnerDir,
    unsafe: unsafeRunner,
  });
  const { codeModel } = openCodeModel(config);
  const riskModel = createRiskModel(config.gganDir);
  const secretBox = createFileKeySecretBox(config.secretKeyFile);
  const services = { runStore, blobStore, worker, testRunner, riskModel, codeModel, secretBox };
  const runLauncher = createLocalRunLauncher({
    execute: (runId) => executeRun(services, runId),
    concurrency,
  });
  const close = async () => {
    await runLauncher.close();
    await Promise.all([worker.close(), testRunner.close()]);
    runStore.close();
    shareStore.close();
  };
  try {
    await finalizeAbandonedRuns(services);
  } catch (error) {
    await close();
    throw error;
  }
  const modelDirectory = createLocalModelDirectory();
  const pdfRenderer = createThreadPdfRenderer({ script: PDF_THREAD });
  return { ...services, shareStore, modelDirectory, pdfRenderer, runLauncher, close };
}
