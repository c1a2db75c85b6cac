/** The runner was closed, or the caller gave up, before it answered. */
export class RunnerStoppedError extends Error {
  override name = 'RunnerStoppedError';
}
