import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from '@jest/globals';
import { dynamoKeys } from '../dynamo-keys.ts';
import { createTable } from '../fixtures/create-table.ts';
import { describeOnDynamo } from '../fixtures/emulated-dynamo.ts';
import { createDynamoShareStore } from './dynamo-share-store.ts';
import { describeShareStore } from './share-store.contract.ts';
import { hashToken, newShareToken } from './share-token.ts';

describeOnDynamo(({ client }) => {
  async function open(now?: () => Date) {
    await createTable(client(), 'shares');
    return createDynamoShareStore({ client: client(), tableName: 'shares', ...(now ? { now } : {}) });
  }

  describeShareStore('the DynamoDB share store', open);

  it('keeps no token, and tells DynamoDB when the item may go', async () => {
    const store = await open();
    const token = newShareToken();
    const expiresAt = new Date(Date.now() + 60_500).toISOString();
    const { id, tokenHash } = hashToken(token);
    const share = { owner: 'ann', runId: 'a'.repeat(32), showsSecrets: false };
    await store.create({ ...share, id, tokenHash, createdAt: new Date().toISOString(), expiresAt });

    const { Item } = await client().send(new GetCommand({ TableName: 'shares', Key: dynamoKeys.share(id) }));

    expect(JSON.stringify(Item)).not.toContain(token);
    expect(Item?.expiresAt).toBe(Math.ceil(Date.parse(expiresAt) / 1000));
  });
});
