import { NotFoundError } from '#domain/errors.ts';
import { initialDocument } from '#hardening/initial-document.ts';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import { createDynamoClient } from '#ports/dynamo-client.ts';
import { createLambdaClient } from '#ports/lambda-client.ts';
import { noModelDirectory } from '#ports/model-directory/model-directory.ts';
import { createLambdaPdfRenderer } from '#ports/pdf-renderer/lambda-pdf-renderer.ts';
import type { RunLauncher } from '#ports/run-launcher/run-launcher.ts';
import { createSfnClient } from '#ports/run-launcher/sfn-client.ts';
import { createStepFunctionsRunLauncher } from '#ports/run-launcher/step-functions-run-launcher.ts';
import type { RunStore } from '#ports/run-store/run-store.ts';
import { createKmsClient } from '#ports/secret-box/kms-client.ts';
import { createKmsSecretBox } from '#ports/secret-box/kms-secret-box.ts';
import type { ApiServices } from '#ports/services.ts';
import { createDynamoShareStore } from '#ports/share-store/dynamo-share-store.ts';
import { createLambdaWorker } from '#ports/worker/lambda-worker.ts';
import type { ApiEnv } from './environments.ts';
import { openStores } from './stores.ts';

/** API Gateway gives up on a request after 29 seconds: what fails before can still be told. */
const PATIENCE_MS = 25_000;

/** What the API uses on AWS. */
export function openApiServices(env: ApiEnv): ApiServices {
  const stores = openStores(env);
  const lambda = createLambdaClient(PATIENCE_MS);
  const table = { client: createDynamoClient(), tableName: env.TABLE_NAME };
  return {
    ...stores,
    shareStore: createDynamoShareStore(table),
    secretBox: createKmsSecretBox({ client: createKmsClient(), keyArn: env.KEY_ARN }),
    worker: createLambdaWorker({
      client: lambda,
      functionOf: (step) => (step === 'analyze' ? env.ANALYZER_FUNCTION_NAME : env.WORKER_FUNCTION_NAME),
    }),
    runLauncher: openRunLauncher(env.STATE_MACHINE_ARN, stores.runStore),
    codeModel: openCodeModel(),
    modelDirectory: noModelDirectory,
    pdfRenderer: createLambdaPdfRenderer({ client: lambda, functionName: env.PDF_FUNCTION_NAME }),
  };
}

/** Loaded when a connection is first tested: it is most of what there is to load, and few requests need it. */
function openCodeModel(): CodeModel {
  const load = async () => {
    const { createOpenAiCodeModel } = await import('#ports/code-model/openai-code-model.ts');
    const limits = { timeoutMs: PATIENCE_MS };
    return createOpenAiCodeModel({ isLoopbackAllowed: false, isHttpAllowed: false, limits });
  };
  let loading: Promise<CodeModel> | null = null;
  const open = () => {
    loading ??= load();
    return loading;
  };
  return {
    complete: async (...asked) => (await open()).complete(...asked),
    list: async (...asked) => (await open()).list(...asked),
  };
}

/**
 * Starts the execution of a run and then says that it runs: a run whose start failed stays queued, and one that was
 * finished meanwhile stays finished.
 */
function openRunLauncher(stateMachineArn: string, runStore: RunStore): RunLauncher {
  const executions = createStepFunctionsRunLauncher({
    client: createSfnClient(),
    stateMachineArn,
    input: async (runId) => {
      const run = await runStore.get(null, runId);
      if (run === null) throw new NotFoundError(`no run ${runId}`);
      return initialDocument(run, new Date());
    },
  });
  return {
    launch: async (runId) => {
      await executions.launch(runId);
      // It runs now, whether that can be written down or not: the caller must not take it for failed.
      await runStore.markRunning(runId).catch(() => {});
    },
  };
}
