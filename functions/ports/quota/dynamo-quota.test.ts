import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoClient } from '../dynamo-client.ts';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '../fixtures/aws-emulator.ts';
import { createTable } from '../fixtures/create-table.ts';
import { createDynamoQuota } from './dynamo-quota.ts';
import { describeQuota } from './quota.contract.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('on DynamoDB', () => {
  let emulator: AwsEmulator;
  let client: ReturnType<typeof createDynamoClient>;
  beforeAll(async () => {
    emulator = await startEmulator();
    client = createDynamoClient(emulator.clientConfig);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.close();
  });

  async function open(now: () => Date) {
    await createTable(client, 'quotas');
    return createDynamoQuota({ client, tableName: 'quotas', now });
  }

  describeQuota('the DynamoDB quota', open);

  it('keeps the owner out of its key, and its counters no longer than their window', async () => {
    const quota = await open(() => new Date('2026-01-01T12:00:00.000Z'));

    await quota.reserve({ owner: 'ann#x', counter: 'runs', limit: 3, windowSeconds: 60 });

    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'quotas' }));
    expect(Items).toEqual([
      expect.objectContaining({
        pk: expect.stringMatching(/^QUOTA#[0-9a-f]{64}$/),
        sk: `runs#${Date.UTC(2026, 0, 1, 12) / 1000}`,
        expiresAt: Date.UTC(2026, 0, 1, 12, 1) / 1000,
        used: 1,
      }),
    ]);
  });
});
