import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from '@jest/globals';
import { acceptErrorsOfNode } from '#ports/fixtures/errors-of-node.ts';
import { jsonAnswer, type ScriptedAnswer, startScriptedService } from '#ports/fixtures/scripted-service.ts';
import { openSessionSecret } from './session-secret.ts';

acceptErrorsOfNode();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function secretOver(...script: ScriptedAnswer[]) {
  const service = await startScriptedService(script);
  closing.push(service.close);
  const client = new SecretsManagerClient({ ...service.clientConfig, maxAttempts: 1 });
  return { read: openSessionSecret('arn:canary', client), requests: service.requests };
}
const secret = 's'.repeat(40);

describe('the secret of sessions', () => {
  it('is read once, however many ask at once', async () => {
    const { read, requests } = await secretOver(jsonAnswer(200, { SecretString: secret }));

    expect(await Promise.all([read(), read()])).toEqual([secret, secret]);
    expect(await read()).toBe(secret);
    expect(requests()).toBe(1);
  });

  it('is read again after it could not be', async () => {
    const failure = jsonAnswer(400, { __type: 'AccessDeniedException', message: 'arn:canary' });
    const { read } = await secretOver(failure, jsonAnswer(200, { SecretString: secret }));

    const failed = await read().catch((error: Error) => error);

    expect(failed).toMatchObject({ name: 'StoreUnavailableError' });
    expect(String(failed)).not.toContain('canary');
    expect(await read()).toBe(secret);
  });

  it.each([{}, { SecretString: 'short' }])('is none where it is missing or short (%j)', async (answer) => {
    const { read } = await secretOver(jsonAnswer(200, answer));

    await expect(read()).rejects.toMatchObject({ name: 'SecretUnavailableError' });
  });
});
