import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SecretBox, SecretContext } from './secret-box.ts';

const context: SecretContext = { runId: 'a'.repeat(32), host: 'models.example:443' };
const NOT_OPENED = { name: 'SecretUnavailableError' };

/** What every secret box promises. `open` gives a box with a key of its own each time. */
export function describeSecretBox(name: string, open: () => Promise<SecretBox>): void {
  describe(`${name}, as any secret box`, () => {
    let box: SecretBox;
    beforeAll(async () => {
      box = await open();
    });

    it.each(['sk-1', 'x', ' leading and trailing ', 'schlüssel\u0000🔑\r\n', 'k'.repeat(4096)])(
      'opens what it sealed: %#',
      async (secret) => {
        const sealed = await box.seal(secret, context);

        expect(await box.open(sealed, context)).toBe(secret);
      },
    );

    it('opens any secret for its context alone', async () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 40 });
      const contexts = fc.record({ runId: text, host: text });
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
          contexts,
          contexts,
          async (secret, sealedFor, other) => {
            const sealed = await box.seal(secret, sealedFor);
            const isSame = sealedFor.runId === other.runId && sealedFor.host === other.host;

            expect(await box.open(sealed, sealedFor)).toBe(secret);
            if (!isSame) await expect(box.open(sealed, other)).rejects.toMatchObject(NOT_OPENED);
          },
        ),
        { numRuns: 50 },
      );
    });

    it.each([
      ['another run', { runId: 'b'.repeat(32) }],
      ['another host', { host: 'models.example.evil:443' }],
      ['another port', { host: 'models.example:8443' }],
      ['the same letters, cut elsewhere', { runId: `${'a'.repeat(32)}m`, host: 'odels.example:443' }],
      ['the two exchanged', { runId: context.host, host: context.runId }],
    ])('does not open for %s', async (_name, change) => {
      const sealed = await box.seal('sk-1', context);

      await expect(box.open(sealed, { ...context, ...change })).rejects.toMatchObject(NOT_OPENED);
    });

    it('does not open what was changed in any byte', async () => {
      const bytes = Buffer.from(await box.seal('sk-1', context), 'base64');

      for (let index = 0; index < bytes.length; index += 1) {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ 1;
        await expect(box.open(changed.toString('base64'), context)).rejects.toMatchObject(NOT_OPENED);
      }
    });

    it('does not open what was cut or added to', async () => {
      const sealed = await box.seal('sk-1', context);
      const bytes = Buffer.from(sealed, 'base64');

      for (let length = 0; length < bytes.length; length += 1) {
        const cut = bytes.subarray(0, length).toString('base64');
        await expect(box.open(cut, context)).rejects.toMatchObject(NOT_OPENED);
      }
      for (const text of [`${sealed} `, `${sealed}AAAA`, `\n${sealed}`, sealed.repeat(2), 'sk-1', '{}']) {
        await expect(box.open(text, context)).rejects.toMatchObject(NOT_OPENED);
      }
    });

    it('does not open what another key sealed', async () => {
      const other = await open();

      await expect(box.open(await other.seal('sk-1', context), context)).rejects.toMatchObject(NOT_OPENED);
    });

    it('shows neither the secret nor that two are the same', async () => {
      const secret = 'sk-canary-3f9a1c';
      const [first, second] = [await box.seal(secret, context), await box.seal(secret, context)];

      expect(first).not.toBe(second);
      expect(Buffer.from(first, 'base64').includes(secret)).toBe(false);
    });

    it.each([
      ['an empty one', ''],
      ['half a character', 'sk-\ud800'],
      ['one over the limit', 'sk-canary'.repeat(500)],
      ['one over the limit in bytes', 'ü'.repeat(2049)],
    ])('seals no secret that it could not give back: %s', async (_name, secret) => {
      await expect(box.seal(secret, context)).rejects.toMatchObject({
        name: 'InvalidInputError',
        message: expect.not.stringContaining('sk-'),
      });
    });
  });
}
