import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import { quickCalls } from '../aws-client-settings.ts';

/** A client of Step Functions; region, endpoint and credentials come from the environment unless `config` names them. */
export function createSfnClient(config: SFNClientConfig = {}): SFNClient {
  return new SFNClient({ ...quickCalls, ...config });
}
