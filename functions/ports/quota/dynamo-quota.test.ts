import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from '@jest/globals';
import { createTable } from '../fixtures/create-table.ts';
import { describeOnDynamo } from '../fixtures/emulated-dynamo.ts';
import { createDynamoQuota } from './dynamo-quota.ts';
import { describeQuota } from './quota.contract.ts';

describeOnDynamo(({ client }) => {
  async function open(now: () => Date) {
    await createTable(client(), 'quotas');
    return createDynamoQuota({ client: client(), tableName: 'quotas', now });
  }

  describeQuota('the DynamoDB quota', open);

  it('keeps the owner out of its key, and its counters no longer than their window', async () => {
    const quota = await open(() => new Date('2026-01-01T12:00:00.000Z'));

    await quota.reserve({ owner: 'ann#x', counter: 'runs', limit: 3, windowSeconds: 60 });

    const { Items = [] } = await client().send(new ScanCommand({ TableName: 'quotas' }));
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
