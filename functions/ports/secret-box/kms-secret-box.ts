import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { SecretUnavailableError } from '#domain/errors.ts';
import { awsErrorName } from '../aws-errors.ts';
import type { SecretBox, SecretContext } from './secret-box.ts';
import { MAX_SECRET_BYTES, secretBytes } from './secret-text.ts';

type Key = { client: KMSClient; keyArn: string };

/** What KMS answers for a text that this key did not seal, or not for this context, or not like this. */
const NOT_OPENED: ReadonlySet<string> = new Set([
  'InvalidCiphertextException',
  'IncorrectKeyException',
  'ValidationException',
]);

/** KMS adds 152 bytes or so to what it encrypts; the box is nothing of ours far beyond that. */
const MAX_BOX_BYTES = MAX_SECRET_BYTES + 2048;

/**
 * Seals secrets by KMS, which never shows its key: AES-256-GCM, with run and host as the encryption context
 * (https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html). The context is in CloudTrail, in
 * plain text; the key's policy allows no other one. A secret's bytes are wiped after each call.
 *
 * Where KMS cannot be asked this rejects with SecretUnavailableError as well, and says so.
 */
export function createKmsSecretBox({ client, keyArn }: Key): SecretBox {
  return {
    async seal(secret, context) {
      const Plaintext = secretBytes(secret);
      try {
        const command = new EncryptCommand({
          KeyId: keyArn,
          Plaintext,
          EncryptionContext: encryptionContext(context),
        });
        const { CiphertextBlob } = await client.send(command).catch(unavailable);
        if (!CiphertextBlob) throw new SecretUnavailableError('The key service sealed nothing.');
        return Buffer.from(CiphertextBlob).toString('base64');
      } finally {
        Plaintext.fill(0);
      }
    },
    async open(sealed, context) {
      const command = new DecryptCommand({
        KeyId: keyArn,
        CiphertextBlob: decodeBox(sealed),
        EncryptionContext: encryptionContext(context),
      });
      const { Plaintext } = await client.send(command).catch(unavailable);
      if (!Plaintext) throw notOpened();
      const plain = Buffer.from(Plaintext.buffer, Plaintext.byteOffset, Plaintext.byteLength);
      try {
        return plain.toString('utf8');
      } finally {
        plain.fill(0);
      }
    },
  };
}

/** A context of ours alone: no text that another system sealed under the same key opens here. */
function encryptionContext({ runId, host }: SecretContext): Record<string, string> {
  return { app: 'sgcode', run: runId, host };
}

/** Node's decoder skips what is not base64, so that many texts would stand for one box. */
function decodeBox(sealed: string): Buffer {
  if (sealed === '' || sealed.length > 4 * Math.ceil(MAX_BOX_BYTES / 3)) throw notOpened();
  const box = Buffer.from(sealed, 'base64');
  if (box.toString('base64') !== sealed) throw notOpened();
  return box;
}

function unavailable(error: unknown): never {
  const name = awsErrorName(error);
  if (NOT_OPENED.has(name)) throw notOpened();
  throw new SecretUnavailableError(`The key service cannot be used: ${name}.`, { cause: error });
}

function notOpened(): SecretUnavailableError {
  return new SecretUnavailableError('The sealed secret cannot be opened.');
}
