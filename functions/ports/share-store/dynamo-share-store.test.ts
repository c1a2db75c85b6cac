import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoClient } from '../dynamo-client.ts';
import { dynamoKeys } from '../dynamo-keys.ts';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '../fixtures/aws-emulator.ts';
import { createTable } from '../fixtures/create-table.ts';
import { createDynamoShareStore } from './dynamo-share-store.ts';
import { describeShareStore } from './share-store.contract.ts';
import { hashToken, newShareToken } from './share-token.ts';

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

  async function open(now?: () => Date) {
    await createTable(client, 'shares');
    return createDynamoShareStore({ client, tableName: 'shares', ...(now ? { now } : {}) });
  }

  describeShareStore('the DynamoDB share store', open);

  it('keeps no token, and tells DynamoDB when the item may go', async () => {
    const store = await open();
    const token = newShareToken();
    const expiresAt = new Date(Date.now() + 60_500).toISOString();
    const { id, tokenHash } = hashToken(token);
    const share = { owner: 'ann', runId: 'a'.repeat(32), showsSecrets: false };
    await store.create({ ...share, id, tokenHash, createdAt: new Date().toISOString(), expiresAt });

    const { Item } = await client.send(new GetCommand({ TableName: 'shares', Key: dynamoKeys.share(id) }));

    expect(JSON.stringify(Item)).not.toContain(token);
    expect(Item?.expiresAt).toBe(Math.ceil(Date.parse(expiresAt) / 1000));
  });
});
