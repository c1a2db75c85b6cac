import { CreateKeyCommand, DisableKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '../fixtures/aws-emulator.ts';
import { startKeyService } from './fixtures/key-service.ts';
import { createKmsClient } from './kms-client.ts';
import { createKmsSecretBox } from './kms-secret-box.ts';
import { describeSecretBox } from './secret-box.contract.ts';

const context = { runId: 'a'.repeat(32), host: 'models.example:443' };
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('on a key service', () => {
  let service: Awaited<ReturnType<typeof startKeyService>>;
  let client: KMSClient;
  beforeAll(async () => {
    service = await startKeyService();
    client = createKmsClient({ endpoint: service.endpoint, region: 'us-east-1', credentials });
  });
  afterAll(async () => {
    client.destroy();
    await service.close();
  });

  describeSecretBox('the KMS secret box', async () =>
    createKmsSecretBox({ client, keyArn: service.newKey() }),
  );

  it('says that there is no key, and not what was to be sealed', async () => {
    const box = createKmsSecretBox({ client, keyArn: 'arn:aws:kms:us-east-1:000000000000:key/none' });

    await expect(box.seal('sk-canary', context)).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: 'The key service cannot be used: NotFoundException.',
    });
  });
});

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('the KMS secret box on the emulator', () => {
  let emulator: AwsEmulator;
  let client: KMSClient;
  beforeAll(async () => {
    emulator = await startEmulator();
    client = createKmsClient(emulator.clientConfig);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.close();
  });

  async function newBox() {
    const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
    const keyArn = KeyMetadata?.Arn ?? '';
    return { keyArn, box: createKmsSecretBox({ client, keyArn }) };
  }

  it.each(['sk-1', 'schlüssel\u0000🔑\r\n', 'k'.repeat(4096)])('opens what it sealed: %#', async (secret) => {
    const { box } = await newBox();

    expect(await box.open(await box.seal(secret, context), context)).toBe(secret);
  });

  it.each([{ runId: 'b'.repeat(32) }, { host: 'models.example:8443' }])(
    'does not open for another context: %j',
    async (change) => {
      const { box } = await newBox();
      const sealed = await box.seal('sk-1', context);

      await expect(box.open(sealed, { ...context, ...change })).rejects.toMatchObject({
        name: 'SecretUnavailableError',
        message: 'The sealed secret cannot be opened.',
      });
    },
  );

  it('opens nothing once its key is disabled, and says so', async () => {
    const { box, keyArn } = await newBox();
    const sealed = await box.seal('sk-1', context);
    await client.send(new DisableKeyCommand({ KeyId: keyArn }));

    await expect(box.open(sealed, context)).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      message: 'The key service cannot be used: DisabledException.',
    });
  });
});
