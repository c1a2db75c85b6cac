/** What can be wrong with a request before any work is done. `name` is the key of the problem table. */

/** One wrong field of a request: where it is and what it should be. */
export type FieldError = { field: string; message: string };

/** Fields of the request do not have the agreed form. */
export class InvalidRequestError extends Error {
  override name = 'InvalidRequestError';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    const [first] = errors;
    super(first ? `${first.field}: ${first.message}` : 'The request does not have the agreed form.');
    this.errors = errors;
  }
}

/** The address is known, the method is not offered there. */
export class MethodNotAllowedError extends Error {
  override name = 'MethodNotAllowedError';
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super(`This address takes ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

/** None of the offered forms is one that the caller takes. */
export class NotAcceptableError extends Error {
  override name = 'NotAcceptableError';
}

/** The body is not JSON by its own word. */
export class UnsupportedMediaTypeError extends Error {
  override name = 'UnsupportedMediaTypeError';
}

/** The run has not come that far yet: asking again later may be answered. */
export class NotFinishedError extends Error {
  override name = 'NotFinishedError';
}

/** The request names a host that this server is not. */
export class MisdirectedRequestError extends Error {
  override name = 'MisdirectedRequestError';
}
