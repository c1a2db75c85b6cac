import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { quickCalls } from '../aws-client-settings.ts';

/** A client of KMS; region, endpoint and credentials come from the environment unless `config` names them. */
export function createKmsClient(config: KMSClientConfig = {}): KMSClient {
  return new KMSClient({ ...quickCalls, ...config });
}
