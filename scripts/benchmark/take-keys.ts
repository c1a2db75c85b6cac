import { ApiKeySchema } from '#domain/api-key.ts';
import type { ModelConnection } from '#ports/code-model/code-model.ts';
import type { BenchmarkModel } from './benchmark-request.ts';

/**
 * The models with their keys, which are taken out of the environment, so that no process that starts from here finds
 * them there. Throws where a variable holds no key; the message names it.
 */
export function takeKeys(
  models: readonly BenchmarkModel[],
  environment: NodeJS.ProcessEnv,
): ModelConnection[] {
  const connections = models.map(({ settings, apiKeyVariable }) => ({
    settings,
    apiKey: apiKeyVariable === null ? null : keyIn(apiKeyVariable, environment),
  }));
  for (const { apiKeyVariable } of models) if (apiKeyVariable !== null) delete environment[apiKeyVariable];
  return connections;
}

function keyIn(variable: string, environment: NodeJS.ProcessEnv): string {
  const key = ApiKeySchema.safeParse(environment[variable]);
  if (!key.success) throw new Error(`the environment variable ${variable} does not hold a key`);
  return key.data;
}
