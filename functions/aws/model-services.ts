import { createOpenAiCodeModel } from '#ports/code-model/openai-code-model.ts';
import { createKmsClient } from '#ports/secret-box/kms-client.ts';
import { createKmsSecretBox } from '#ports/secret-box/kms-secret-box.ts';
import type { ModelServices } from '#ports/services.ts';
import { ModelEnvSchema } from './environments.ts';
import { readEnvironment } from './read-environment.ts';
import { openStores } from './stores.ts';

/** The function has 290 seconds, of which the step needs some for itself. */
const PATIENCE_MS = 270_000;

/** What the steps use that call models: servers on the public internet only, with TLS. */
export function openModelServices(): ModelServices {
  const env = readEnvironment(ModelEnvSchema);
  return {
    ...openStores(env),
    secretBox: createKmsSecretBox({ client: createKmsClient(), keyArn: env.KEY_ARN }),
    codeModel: createOpenAiCodeModel({
      isLoopbackAllowed: false,
      isHttpAllowed: false,
      limits: { timeoutMs: PATIENCE_MS },
    }),
  };
}
