import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { ModelRefusedError, NotFoundError, RunnerUnavailableError } from '#domain/errors.ts';
import { initialDocument } from '#hardening/initial-document.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { createRiskModel } from '#hardening/plan-edits/risk-model/onnx-risk-model.ts';
import { createFileBlobStore } from '#ports/blob-store/file-blob-store.ts';
import { createS3BlobStore } from '#ports/blob-store/s3-blob-store.ts';
import { createS3Client } from '#ports/blob-store/s3-client.ts';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import { createDynamoClient } from '#ports/dynamo-client.ts';
import { type AwsEmulator, startEmulator } from '#ports/fixtures/aws-emulator.ts';
import { createTable } from '#ports/fixtures/create-table.ts';
import { injectFaults } from '#ports/fixtures/inject-faults.ts';
import { createRole } from '#ports/run-launcher/fixtures/create-role.ts';
import type { RunLauncher } from '#ports/run-launcher/run-launcher.ts';
import { createSfnClient } from '#ports/run-launcher/sfn-client.ts';
import { createStepFunctionsRunLauncher } from '#ports/run-launcher/step-functions-run-launcher.ts';
import { createDynamoRunStore, type DynamoRunStore } from '#ports/run-store/dynamo-run-store.ts';
import { createKmsClient } from '#ports/secret-box/kms-client.ts';
import { createKmsSecretBox } from '#ports/secret-box/kms-secret-box.ts';
import type { TestRunner } from '#ports/test-runner/test-runner.ts';
import { createProcessWorker } from '#ports/worker/process-worker.ts';
import type { LocalConfig } from '../../local-config.ts';
import { bucketWorker } from './bucket-worker.ts';
import type { FaultPlan } from './fault-plan.ts';

const NAME = 'sgcode';
const HOUR = 3_600_000;

/** The stack's stores over an emulator, twice: as the system reaches them, with faults, and as they are. */
export type FaultyCloud = {
  services: RunServices & { runLauncher: RunLauncher };
  /** The run store with faults, an hour from now: what it calls abandoned is past its time. */
  later: DynamoRunStore;
  sound: ReturnType<typeof openStores>;
  stateMachineArn: string;
  close(): Promise<void>;
};

type Clients = ReturnType<typeof openClients>;

/** Starts an emulator and opens the adapters of AWS on it; requests fail as the plan says once it has begun. */
export async function openFaultyCloud(
  { python, workerDir, gganDir }: LocalConfig,
  plan: FaultPlan,
): Promise<FaultyCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'sgcode-faults-'));
  const emulator = await startEmulator();
  const [sound, faulty] = [openClients(emulator), openClients(emulator)];
  for (const client of Object.values(faulty)) injectFaults(client, plan.nextFault);
  const names = await setUp(emulator, sound);
  const stores = openStores(faulty);
  const blobDir = join(folder, 'blobs');
  const worker = createProcessWorker({ python, packageDir: workerDir, blobDir, size: 2 });
  const secretBox = createKmsSecretBox({ client: faulty.kms, keyArn: names.keyArn });
  const services = {
    ...stores,
    secretBox,
    runLauncher: openLauncher(faulty, stores.runStore, names.stateMachineArn),
    worker: bucketWorker(worker, createFileBlobStore(blobDir), stores.blobStore),
    riskModel: createRiskModel(gganDir),
    codeModel: noCodeModel,
    testRunner: noTestRunner,
  };
  return {
    services,
    later: openRunStore(faulty, () => new Date(Date.now() + HOUR)),
    sound: openStores(sound),
    stateMachineArn: names.stateMachineArn,
    close: async () => {
      await worker.close();
      for (const client of [...Object.values(sound), ...Object.values(faulty)]) client.destroy();
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const noModel = () => Promise.reject(new ModelRefusedError('No model is asked here.'));
const noCodeModel: CodeModel = { complete: noModel, list: noModel };

const noRunner = () => Promise.reject(new RunnerUnavailableError('No program is run here.'));
const noTestRunner: TestRunner = {
  runTests: noRunner,
  checkBehavior: noRunner,
  describe: noRunner,
  close: async () => {},
};

function openClients({ clientConfig }: AwsEmulator) {
  return {
    dynamo: createDynamoClient(clientConfig),
    s3: createS3Client(clientConfig),
    sfn: createSfnClient(clientConfig),
    kms: createKmsClient(clientConfig),
  };
}

function openRunStore({ dynamo }: Clients, now?: () => Date): DynamoRunStore {
  return createDynamoRunStore({ client: dynamo, tableName: NAME, ...(now ? { now } : {}) });
}

function openStores(clients: Clients) {
  return {
    runStore: openRunStore(clients),
    blobStore: createS3BlobStore({ client: clients.s3, bucket: NAME }),
    sfn: clients.sfn,
    s3: clients.s3,
  };
}

/** Starts an execution, and notes that the run is at work, as the API does. */
function openLauncher({ sfn }: Clients, runStore: DynamoRunStore, stateMachineArn: string): RunLauncher {
  const executions = createStepFunctionsRunLauncher({
    client: sfn,
    stateMachineArn,
    input: async (runId) => {
      const run = await runStore.get(null, runId);
      if (!run) throw new NotFoundError(`no run ${runId}`);
      return initialDocument(run, new Date());
    },
  });
  return {
    launch: async (runId) => {
      await executions.launch(runId);
      await runStore.markRunning(runId);
    },
  };
}

/** The table, the bucket, the key, and a state machine that only notes what was started with which document. */
async function setUp(emulator: AwsEmulator, { dynamo, s3, sfn, kms }: Clients) {
  await createTable(dynamo, NAME);
  await s3.send(new CreateBucketCommand({ Bucket: NAME }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({
      name: NAME,
      roleArn: await createRole(emulator, NAME),
      definition: JSON.stringify({ StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } }),
    }),
  );
  return { keyArn: KeyMetadata?.Arn ?? '', stateMachineArn };
}
