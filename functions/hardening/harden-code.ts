import type { ApiKeys } from '#domain/api-key.ts';
import {
  InputTooLargeError,
  InvalidInputError,
  NotFoundError,
  StoreUnavailableError,
} from '#domain/errors.ts';
import type { RunId, RunSettingsInput } from '#domain/loop-state.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { readJson } from '#ports/json-blob.ts';
import { createRun, type ProgramSource } from '#ports/run-store/create-run.ts';
import { executeRun, type RunHooks, type RunServices } from './local-runner.ts';
import { refusedReport } from './report/refused-report.ts';

export type HardenRequest = ProgramSource & {
  /** The name under which the code is reported; never opened. */
  path: string;
  /** The user's own tests of it. */
  tests?: Uint8Array;
  settings: RunSettingsInput;
  /** The user's keys for the models that the settings name. */
  apiKeys?: ApiKeys;
};

/**
 * Hardens one program, or one that is written from a prompt, in this process and returns its report. What cannot be
 * taken in (too large, not UTF-8, without the model that it needs) gets a report with the verdict `failed` and the
 * reason. Rejects only when the stores fail, or a key cannot be sealed.
 */
export async function hardenCode(
  services: RunServices,
  request: HardenRequest,
  { signal, ...hooks }: { signal?: AbortSignal } & RunHooks = {},
): Promise<Report> {
  try {
    const { run } = await createRun(services, { ...request, owner: 'local' });
    const cancel = () => void services.runStore.requestCancel(run.id);
    signal?.addEventListener('abort', cancel);
    try {
      await executeRun(services, run.id, hooks);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
    return await readReport(services, run.id);
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof InputTooLargeError) {
      return refusedReport(request, error.message);
    }
    throw error;
  }
}

async function readReport({ blobStore, runStore }: RunServices, runId: RunId): Promise<Report> {
  try {
    return await readJson(blobStore, runKeys(runId).report, ReportSchema);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const run = await runStore.get(null, runId);
    throw new StoreUnavailableError(run?.outcome?.reason ?? 'the report could not be written', {
      cause: error,
    });
  }
}
