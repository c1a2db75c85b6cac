import { createApiHandler } from '#api/handler.ts';
import { defaultLimits } from '#api/quotas.ts';
import { createS3Client } from '#ports/blob-store/s3-client.ts';
import { createDynamoClient } from '#ports/dynamo-client.ts';
import { createDynamoQuota } from '#ports/quota/dynamo-quota.ts';
import { apiEntry } from '../api-entry.ts';
import { openApiServices } from '../api-services.ts';
import { awsCallerOf } from '../callers/aws-caller.ts';
import { ApiEnvSchema } from '../environments.ts';
import { errorName, logLine } from '../log.ts';
import { readEnvironment } from '../read-environment.ts';
import { openSessionSecret } from '../session-secret.ts';

const env = readEnvironment(ApiEnvSchema);

const answer = createApiHandler(openApiServices(env), {
  callerOf: awsCallerOf({
    pageKeyId: env.PAGE_KEY_ID,
    sessionSecret: openSessionSecret(env.SESSION_SECRET_ARN),
  }),
  quotas: {
    quota: createDynamoQuota({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
    limits: {
      ...defaultLimits,
      runs: { ...defaultLimits.runs, limit: env.RUNS_PER_DAY },
      analyses: { ...defaultLimits.analyses, limit: env.ANALYSES_PER_MINUTE },
    },
  },
  onFailure: ({ requestId, error }) =>
    logLine('error', 'a request failed', { requestId, error: errorName(error) }),
});

export const handler = apiEntry(answer, { client: createS3Client(), bucket: env.BUCKET_NAME });
