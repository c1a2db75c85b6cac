import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { NotFoundError, StoreUnavailableError } from '#domain/errors.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { answered, awsErrorName } from '../aws-errors.ts';
import { checkedKey, checkedPrefix } from './blob-names.ts';
import type { BlobStore } from './blob-store.ts';

export type Bucket = { client: S3Client; bucket: string };

/**
 * Blobs as objects of one bucket, under their own keys; the Python worker reads and writes the same objects. S3
 * shows a write to every reader at once, and whole
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel).
 *
 * Whoever may not list the bucket is told 403 of an object that is not there: a role that reads needs
 * `s3:ListBucket` for its prefix, else a missing blob is StoreUnavailableError instead of NotFoundError.
 */
export function createS3BlobStore(store: Bucket): BlobStore {
  return {
    async put(key, bytes) {
      const command = putOf(store, key, bytes);
      await answered(`blob ${key} cannot be written`, store.client.send(command));
    },
    putNew: (key, bytes) => putNew(store, key, bytes),
    get: (key) => getBytes(store, key),
    async delete(key) {
      const command = new DeleteObjectCommand({ Bucket: store.bucket, Key: checkedKey(key) });
      await answered(`blob ${key} cannot be removed`, store.client.send(command));
    },
    deletePrefix: (prefix) => deletePrefix(store, prefix),
  };
}

function putOf({ bucket }: Bucket, key: BlobKey, bytes: Uint8Array, conditions: { IfNoneMatch?: '*' } = {}) {
  const ContentType = key.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8';
  return new PutObjectCommand({
    Bucket: bucket,
    Key: checkedKey(key),
    Body: bytes,
    ContentType,
    ...conditions,
  });
}

async function putNew(store: Bucket, key: BlobKey, bytes: Uint8Array): Promise<boolean> {
  const isWritten = store.client.send(putOf(store, key, bytes, { IfNoneMatch: '*' })).then(
    () => true,
    (error: unknown) => {
      if (awsErrorName(error) === 'PreconditionFailed') return false;
      throw error;
    },
  );
  if (await answered(`blob ${key} cannot be written`, isWritten)) return true;
  // It may be this very request that wrote it, with an answer that was lost.
  return Buffer.from(bytes).equals(await getBytes(store, key));
}

async function getBytes({ client, bucket }: Bucket, key: BlobKey): Promise<Uint8Array> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: checkedKey(key) });
  const bytes = client
    .send(command)
    .then(({ Body }) => Body?.transformToByteArray())
    .catch((error: unknown) => {
      if (awsErrorName(error) === 'NoSuchKey') return null;
      throw error;
    });
  const found = await answered(`blob ${key} cannot be read`, bytes);
  if (!found) throw new NotFoundError(`no blob ${key}`);
  return new Uint8Array(found);
}

async function deletePrefix({ client, bucket }: Bucket, given: string): Promise<void> {
  const prefix = checkedPrefix(given);
  const what = `blobs ${prefix} cannot be removed`;
  let ContinuationToken: string | undefined;
  do {
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken });
    const page = await answered(what, client.send(list));
    const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length > 0) {
      const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await answered(what, client.send(command));
      // The request as a whole succeeds where single objects fail.
      if (Errors.length > 0)
        throw new StoreUnavailableError(`${what}: ${Errors[0]?.Code ?? 'unknown error'}`);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
}
