import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { createS3BlobStore } from '#ports/blob-store/s3-blob-store.ts';
import { createS3Client } from '#ports/blob-store/s3-client.ts';
import { createDynamoClient } from '#ports/dynamo-client.ts';
import { createDynamoRunStore, type DynamoRunStore } from '#ports/run-store/dynamo-run-store.ts';
import type { StoresEnv } from './environments.ts';

export type AwsStores = { runStore: DynamoRunStore; blobStore: BlobStore };

/** What keeps runs on AWS. Nothing is called before a store is asked. */
export function openStores(env: Omit<StoresEnv, 'STAGE'> & { RETENTION_DAYS?: number }): AwsStores {
  const { TABLE_NAME: tableName, RETENTION_DAYS: retentionDays } = env;
  return {
    runStore: createDynamoRunStore({
      client: createDynamoClient(),
      tableName,
      ...(retentionDays === undefined ? {} : { retentionDays }),
    }),
    blobStore: createS3BlobStore({ client: createS3Client(), bucket: env.BUCKET_NAME }),
  };
}
