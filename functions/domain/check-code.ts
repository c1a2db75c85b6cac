import { InputTooLargeError, InvalidInputError } from './errors.ts';

/** The size of one program; the worker has the same limit. */
export const MAX_CODE_BYTES = 1_000_000;

/**
 * Throws InputTooLargeError or InvalidInputError for code that cannot be taken in. Reports hold the code
 * as text, so it must be UTF-8; whether it is Python is for the analyzers to say.
 */
export function checkCode(code: Uint8Array): void {
  if (code.byteLength > MAX_CODE_BYTES) {
    throw new InputTooLargeError(
      `The code has ${code.byteLength.toLocaleString('en-US')} bytes; the limit is ${MAX_CODE_BYTES.toLocaleString('en-US')}.`,
    );
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(code);
  } catch {
    throw new InvalidInputError('The code is not valid UTF-8: save the file as UTF-8.');
  }
}
