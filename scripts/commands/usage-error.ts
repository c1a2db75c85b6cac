/** The command was typed in a way that cannot work; the message says what would. Ends with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
