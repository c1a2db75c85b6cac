import { createHandler } from '#hardening/run-programs/handler.ts';
import { createLambdaClient } from '#ports/lambda-client.ts';
import { createLambdaTestRunner } from '#ports/test-runner/lambda-test-runner.ts';
import { RunProgramsEnvSchema } from '../environments.ts';
import { readEnvironment } from '../read-environment.ts';
import { openStores } from '../stores.ts';

/** Longer than the runner's function may take. */
const PATIENCE_MS = 100_000;

const env = readEnvironment(RunProgramsEnvSchema);

export const handler = createHandler({
  ...openStores(env),
  testRunner: createLambdaTestRunner({
    client: createLambdaClient(PATIENCE_MS),
    functionName: env.RUNNER_FUNCTION_NAME,
  }),
});
