import { type Problem, ProblemSchema } from '#domain/problem.ts';

/** The API refused a request and says why. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;
  /** Seconds after which another try makes sense; null where the API does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer came: the server is not running, or this device is offline. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

/** An answer came that this page does not understand: it is from another version of SGCode. */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError';
}

/** The error that an answer of 400 and more stands for. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const parsed = ProblemSchema.safeParse(await response.json().catch(() => null));
  const plain: Problem = {
    type: 'about:blank',
    title: response.statusText || 'Error',
    status: response.status,
  };
  return new ProblemError(parsed.data ?? plain, Number.isFinite(retryAfter) ? retryAfter : null);
}

/** Whether there is nothing at the address, or nothing for this visitor. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}

/** Whether the same request may work a little later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ProblemError && (error.problem.status === 429 || error.problem.status >= 502);
}
