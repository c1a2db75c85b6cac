import type { BlobStore } from './blob-store/blob-store.ts';
import type { CodeModel } from './code-model/code-model.ts';
import type { ModelDirectory } from './model-directory/model-directory.ts';
import type { PdfRenderer } from './pdf-renderer/pdf-renderer.ts';
import type { RiskModel } from './risk-model/risk-model.ts';
import type { RunLauncher } from './run-launcher/run-launcher.ts';
import type { RunStore } from './run-store/run-store.ts';
import type { SecretBox } from './secret-box/secret-box.ts';
import type { ShareStore } from './share-store/share-store.ts';
import type { TestRunner } from './test-runner/test-runner.ts';
import type { Worker } from './worker/worker.ts';

/** What keeps runs. */
export type Stores = { runStore: RunStore; blobStore: BlobStore };

/** What the steps use that call a model. */
export type ModelServices = Stores & { codeModel: CodeModel; secretBox: SecretBox };

/** What the step uses that runs programs. */
export type ProgramServices = Stores & { testRunner: TestRunner };

/** The outside things that the steps of a run use; a composition root picks the adapters. */
export type Services = ModelServices & { testRunner: TestRunner; riskModel: RiskModel };

/** The outside things that the API uses. */
export type ApiServices = Stores & {
  shareStore: ShareStore;
  secretBox: SecretBox;
  worker: Worker;
  runLauncher: RunLauncher;
  codeModel: CodeModel;
  modelDirectory: ModelDirectory;
  pdfRenderer: PdfRenderer;
};
