import { writeFile } from 'node:fs/promises';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
} from '@aws-sdk/client-api-gateway';
import type { AwsEmulator } from '#ports/fixtures/aws-emulator.ts';
import { resourcesOf, type Template } from './assembly.ts';
import type { Deployment } from './deploy.ts';

/**
 * Makes API keys as an operator does, in the plan for clients, which is the one with a quota. Which id a key has goes
 * to the file `known`: the emulator does not tell it to functions, so that their runtime client does.
 */
export function createKeyMaker(
  template: Template,
  { ids }: Deployment,
  { clientConfig }: AwsEmulator,
  known: string,
): () => Promise<string> {
  const client = new APIGatewayClient(clientConfig);
  const plan = resourcesOf(template, 'AWS::ApiGateway::UsagePlan').find(
    ([, { Properties }]) => Properties.Quota !== undefined,
  );
  const usagePlanId = ids[plan?.[0] ?? ''];
  const idOf: Record<string, string> = {};
  return async () => {
    const name = `client-${Object.keys(idOf).length}`;
    const { id = '', value = '' } = await client.send(new CreateApiKeyCommand({ name, enabled: true }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' }));
    idOf[value] = id;
    await writeFile(known, JSON.stringify(idOf));
    return value;
  };
}
