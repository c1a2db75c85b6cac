import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SecretUnavailableError } from '#domain/errors.ts';
import { ensureKeyFile, readKeyFile } from './key-file.ts';
import type { SecretBox, SecretContext } from './secret-box.ts';
import { MAX_SECRET_BYTES, secretBytes } from './secret-text.ts';

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2); sealed are version, nonce, tag, ciphertext. */
const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals secrets under the key in a file of this machine, which is made with the first secret and which only this
 * user may read. The key is read for each call and, like a secret's bytes, wiped after it.
 */
export function createFileKeySecretBox(keyFile: string): SecretBox {
  return {
    async seal(secret, context) {
      const plain = secretBytes(secret);
      try {
        await ensureKeyFile(keyFile);
        return await withKey(keyFile, (key) => encrypt(plain, key, context).toString('base64'));
      } finally {
        plain.fill(0);
      }
    },
    async open(sealed, context) {
      const box = decodeBox(sealed);
      return withKey(keyFile, (key) => {
        const plain = decrypt(box, key, context);
        try {
          return plain.toString('utf8');
        } finally {
          plain.fill(0);
        }
      });
    },
  };
}

async function withKey<T>(keyFile: string, work: (key: Buffer) => T): Promise<T> {
  const key = await readKeyFile(keyFile);
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

function encrypt(plain: Buffer, key: Buffer, context: SecretContext): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(context));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(box: Buffer, key: Buffer, context: SecretContext): Buffer {
  const nonce = box.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(box.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  const plain = decipher.update(box.subarray(HEADER_BYTES));
  try {
    decipher.final();
    return plain;
  } catch {
    // What was deciphered of a changed box is nobody's to see.
    plain.fill(0);
    throw notOpened();
  }
}

/** Node's decoder skips what is not base64, so that many texts would stand for one box. */
function decodeBox(sealed: string): Buffer {
  if (sealed.length > 4 * Math.ceil((HEADER_BYTES + MAX_SECRET_BYTES) / 3)) throw notOpened();
  const box = Buffer.from(sealed, 'base64');
  if (box.toString('base64') !== sealed) throw notOpened();
  if (box.byteLength <= HEADER_BYTES || box[0] !== VERSION) throw notOpened();
  return box;
}

/** As a JSON array: no two contexts have the same text. */
function additionalData({ runId, host }: SecretContext): Buffer {
  return Buffer.from(JSON.stringify(['sgcode-secret', VERSION, runId, host]), 'utf8');
}

function notOpened(): SecretUnavailableError {
  return new SecretUnavailableError('The sealed secret cannot be opened.');
}
