/**
 * Every error that crosses a step, a port or the API. `name` is the contract: the state machine's
 * Retry and Catch, the API's status table and the worker's answers all match on it.
 */

/** The request or a stored document does not have the agreed form. Not retried. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError';
}

/** Larger, deeper or longer than the limit that the message names. Not retried. */
export class InputTooLargeError extends Error {
  override name = 'InputTooLargeError';
}

/** No such run, blob or report, or it belongs to somebody else. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

/** The same key was used for something else, or the thing changed meanwhile. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/** The request came from a page or a host that may not call this server. */
export class ForbiddenError extends Error {
  override name = 'ForbiddenError';
}

/** The worker ended, or was ended, before it answered. Worth one more try. */
export class WorkerLostError extends Error {
  override name = 'WorkerLostError';
}

/** The worker did not answer within its time limit and was stopped. */
export class WorkerTimeoutError extends Error {
  override name = 'WorkerTimeoutError';
}

/** The worker met something that it does not handle; the message names the step. */
export class WorkerFailedError extends Error {
  override name = 'WorkerFailedError';
}

/** There is no way to seal a box here, so no program is run; the message says what is missing. Not retried. */
export class RunnerUnavailableError extends Error {
  override name = 'RunnerUnavailableError';
}

/** The sealed runner ended before it answered, or answered in another form. Worth one more try. */
export class RunnerFailedError extends Error {
  override name = 'RunnerFailedError';
}

/** The store could not be read or written: disk full, no permission. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
}

/** The gGAN's files are missing, damaged or do not fit together; the message names which and the way out. Not retried. */
export class GganUnavailableError extends Error {
  override name = 'GganUnavailableError';
}

/** Somebody asked for the run to stop; the best candidate so far is kept. */
export class RunCancelledError extends Error {
  override name = 'RunCancelledError';
}

/** The run used up its time, or what it may spend on models; the best candidate so far is kept. */
export class BudgetExceededError extends Error {
  override name = 'BudgetExceededError';
}

/** The model's server is overloaded, limits calls or lost the connection. Worth another try, later. */
export class ModelBusyError extends Error {
  override name = 'ModelBusyError';
  /** How long the server asks to wait; null where it does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The model's server turned the call down: key, model or request; the message says what to do. Not retried. */
export class ModelRefusedError extends Error {
  override name = 'ModelRefusedError';
}

/** The model did not answer within its time. */
export class ModelTimeoutError extends Error {
  override name = 'ModelTimeoutError';
}

/** What the model's server sent is no answer: not JSON, too large, empty, no text. */
export class ModelAnswerError extends Error {
  override name = 'ModelAnswerError';
}

/** The address of a model's server may not be called from here. Not retried. */
export class AddressForbiddenError extends Error {
  override name = 'AddressForbiddenError';
}

/** The report could not be made into a PDF: it took too long, or what makes it ended. */
export class PdfUnavailableError extends Error {
  override name = 'PdfUnavailableError';
}

/** A sealed secret cannot be opened, or none can be sealed. Not retried. */
export class SecretUnavailableError extends Error {
  override name = 'SecretUnavailableError';
}

/** The owner has used up what may be used in this window of time; the message says what of. */
export class QuotaExceededError extends Error {
  override name = 'QuotaExceededError';
  /** Until the next window begins. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
