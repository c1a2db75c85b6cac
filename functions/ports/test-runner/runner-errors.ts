/** The runner was closed, or the caller gave up, before it answered. */
export class RunnerStoppedError extends Error {
  override name = 'RunnerStoppedError';
}

export function stoppedError(): RunnerStoppedError {
  return new RunnerStoppedError('the runner was stopped before it answered');
}
