/** A reason why the set-up cannot go on, in one sentence with the fix; shown without a stack trace. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';

  /**
   * @param {string} message what is wrong and what to do about it
   * @param {{ logFile?: string, cause?: unknown }} [details] the log to name beside it
   */
  constructor(message, details = {}) {
    super(message, { cause: details.cause });
    /** @type {string | undefined} */
    this.logFile = details.logFile;
  }
}

/**
 * The code of a system error (`ENOSPC`), or null for anything else that was thrown.
 *
 * @param {unknown} error
 * @returns {string | null}
 */
export function errorCode(error) {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
