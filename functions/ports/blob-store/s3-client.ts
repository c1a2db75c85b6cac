import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { blobCalls } from '../aws-client-settings.ts';

/** A client of S3; region, endpoint and credentials come from the environment unless `config` names them. */
export function createS3Client(config: S3ClientConfig = {}): S3Client {
  return new S3Client({ ...blobCalls, ...config });
}
