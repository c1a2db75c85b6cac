import { CreateBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '../fixtures/aws-emulator.ts';
import { describeBlobStore } from './blob-store.contract.ts';
import { createS3BlobStore } from './s3-blob-store.ts';
import { createS3Client } from './s3-client.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('on S3', () => {
  let emulator: AwsEmulator;
  let client: S3Client;
  let buckets = 0;
  beforeAll(async () => {
    emulator = await startEmulator();
    client = createS3Client(emulator.clientConfig);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.close();
  });

  async function newBucket() {
    buckets += 1;
    const bucket = `blobs-${buckets}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return { client, bucket };
  }

  describeBlobStore('the S3 blob store', async () => createS3BlobStore(await newBucket()));

  it('removes more blobs than S3 lists at once', async () => {
    const bucket = await newBucket();
    const store = createS3BlobStore(bucket);
    const keys = Array.from({ length: 1005 }, (_, n) => `runs/a/x-${n}.py`);
    for (let n = 0; n < keys.length; n += 50) {
      await Promise.all(keys.slice(n, n + 50).map((key) => store.put(key, new Uint8Array([1]))));
    }

    await store.deletePrefix('runs/a/');

    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket.bucket }));
    expect(KeyCount).toBe(0);
  });

  it('says that it cannot be used where there is no bucket', async () => {
    const store = createS3BlobStore({ client, bucket: 'not-there' });

    for (const ask of [store.get('runs/a/x.py'), store.put('runs/a/x.py', new Uint8Array())]) {
      await expect(ask).rejects.toMatchObject({
        name: 'StoreUnavailableError',
        message: expect.stringContaining('NoSuchBucket'),
      });
    }
  });
});
