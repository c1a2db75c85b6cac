import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import type { RunOutcome } from '#domain/run.ts';
import { createS3BlobStore } from './blob-store/s3-blob-store.ts';
import { createS3Client } from './blob-store/s3-client.ts';
import { createDynamoClient } from './dynamo-client.ts';
import { dynamoKeys } from './dynamo-keys.ts';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from './fixtures/aws-emulator.ts';
import { createTable } from './fixtures/create-table.ts';
import { type Fault, injectFaults } from './fixtures/inject-faults.ts';
import { createDynamoQuota } from './quota/dynamo-quota.ts';
import { createRole } from './run-launcher/fixtures/create-role.ts';
import { createSfnClient } from './run-launcher/sfn-client.ts';
import { createStepFunctionsRunLauncher } from './run-launcher/step-functions-run-launcher.ts';
import { createDynamoRunStore } from './run-store/dynamo-run-store.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

const outcome: RunOutcome = {
  verdict: 'unchanged',
  reason: 'done',
  findings: null,
  cancelled: false,
  failure: null,
};
let number = 0;
function newRun() {
  number += 1;
  return {
    id: number.toString(16).padStart(32, '0'),
    owner: 'ann',
    path: 'app.py',
    settings: RunSettingsSchema.parse({}),
    input: 'code' as const,
    hasTests: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    idempotency: { key: String(number), requestHash: 'h' },
  };
}

describeEmulator.each<Fault>(['throttled', 'not delivered', 'answer lost', 'delivered twice'])(
  'a request that is %s and then sent again',
  (fault) => {
    let emulator: AwsEmulator;
    let faults: Fault[] = [];
    let clients: { destroy(): void }[];
    let store: ReturnType<typeof createDynamoRunStore>;
    let quota: ReturnType<typeof createDynamoQuota>;
    let blobs: ReturnType<typeof createS3BlobStore>;
    let dynamo: ReturnType<typeof createDynamoClient>;
    let sfn: ReturnType<typeof createSfnClient>;
    beforeAll(async () => {
      emulator = await startEmulator();
      dynamo = createDynamoClient(emulator.clientConfig);
      const s3 = createS3Client(emulator.clientConfig);
      sfn = createSfnClient(emulator.clientConfig);
      clients = [dynamo, s3, sfn];
      await createTable(dynamo, 'runs');
      await s3.send(new CreateBucketCommand({ Bucket: 'blobs' }));
      for (const client of [dynamo, s3, sfn]) injectFaults(client, () => faults.shift() ?? null);
      const table = { client: dynamo, tableName: 'runs' };
      store = createDynamoRunStore(table);
      quota = createDynamoQuota(table);
      blobs = createS3BlobStore({ client: s3, bucket: 'blobs' });
    });
    afterAll(async () => {
      for (const client of clients ?? []) client.destroy();
      await emulator?.close();
    });

    /** Lets the next request go wrong, the second of those that `skip` one. */
    const failNext = (skip = 0) => {
      faults = [...Array.from({ length: skip }, () => null as never), fault];
    };

    it('creates one run, which is new', async () => {
      failNext();
      const run = newRun();

      expect((await store.create(run)).isNew).toBe(true);
      expect((await store.create({ ...newRun(), idempotency: run.idempotency })).run.id).toBe(run.id);
    });

    it('finishes a run as the first', async () => {
      const { run } = await store.create(newRun());
      failNext();

      expect(await store.finish(run.id, outcome)).toBe(true);
      expect(await store.finish(run.id, outcome)).toBe(false);
    });

    it('deletes a run that was there', async () => {
      const { run } = await store.create(newRun());
      failNext(1);

      expect(await store.delete('ann', run.id)).toBe(true);
      expect(await store.delete('ann', run.id)).toBe(false);
    });

    it('writes a new blob', async () => {
      failNext();

      expect(await blobs.putNew('runs/a/report.json', new Uint8Array([1]))).toBe(true);
      expect(await blobs.putNew('runs/a/report.json', new Uint8Array([2]))).toBe(false);
    });

    it('counts a reservation once, and its return', async () => {
      const now = Math.floor(Date.now() / 1000 / 86_400) * 86_400;
      const used = async () => {
        const Key = dynamoKeys.quota('ann', 'runs', now);
        return (await dynamo.send(new GetCommand({ TableName: 'runs', Key }))).Item?.used;
      };
      failNext();
      const reservation = await quota.reserve({
        owner: 'ann',
        counter: 'runs',
        limit: 5,
        windowSeconds: 86_400,
        units: 2,
      });
      const before = await used();
      failNext();
      await quota.release(reservation);

      expect([before, await used()]).toEqual([2, 0]);
    });

    it('starts one execution', async () => {
      const definition = { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } };
      const { stateMachineArn = '' } = await sfn.send(
        new CreateStateMachineCommand({
          name: 'machine',
          roleArn: await createRole(emulator, 'machine'),
          definition: JSON.stringify(definition),
        }),
      );
      const input = async () => ({ at: performance.now() });
      failNext();

      await createStepFunctionsRunLauncher({ client: sfn, stateMachineArn, input }).launch('a'.repeat(32));

      const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
      expect(executions.map(({ name }) => name)).toEqual(['a'.repeat(32)]);
    });
  },
);
