import { describe, expect, it } from '@jest/globals';
import { checkCode, MAX_CODE_BYTES } from './check-code.ts';

const encoder = new TextEncoder();

describe('checkCode', () => {
  it.each(['', 'x = 1\n', '\uFEFFx = 1\r\n\ty = "é😀"\n', 'a\0b'])('takes in %j', (code) => {
    expect(() => checkCode(encoder.encode(code))).not.toThrow();
  });

  it('takes in code of exactly the limit, and no more', () => {
    expect(() => checkCode(new Uint8Array(MAX_CODE_BYTES).fill(32))).not.toThrow();
    expect(() => checkCode(new Uint8Array(MAX_CODE_BYTES + 1).fill(32))).toThrow(
      'The code has 1,000,001 bytes; the limit is 1,000,000.',
    );
  });

  it.each([[[0xe9]], [[0xff, 0xfe, 0x78, 0x00]], [[0xed, 0xa0, 0x80]], [[0xc0, 0xaf]]])(
    'refuses bytes that are not UTF-8: %j',
    (bytes) => {
      expect(() => checkCode(Uint8Array.from(bytes))).toThrow(
        expect.objectContaining({ name: 'InvalidInputError', message: expect.stringContaining('UTF-8') }),
      );
    },
  );
});
