import { z } from 'zod';
import {
  InputTooLargeError,
  InvalidInputError,
  RunnerFailedError,
  RunnerUnavailableError,
} from '#domain/errors.ts';

/** How long the runner may take to tell of itself. */
export const DESCRIBE_SECONDS = 10;

const ErrorSchema = z.object({ error: z.object({ name: z.string(), message: z.string() }) });
const errorsByName = new Map(
  [InputTooLargeError, InvalidInputError, RunnerFailedError, RunnerUnavailableError].map((type) => [
    new type().name,
    type,
  ]),
);

/** A request that has the agreed form. Throws InvalidInputError that names the fields. */
export function parseRequest<T>(schema: z.ZodType<T>, request: unknown): T {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidInputError(issues.join('; '));
}

/** What the runner answered. Throws the error that it names, RunnerFailedError for an answer of another form. */
export function parseAnswer<T>(answer: unknown, schema: z.ZodType<T>): T {
  const refusal = ErrorSchema.safeParse(answer);
  if (refusal.success) {
    const { name, message } = refusal.data.error;
    const type = errorsByName.get(name);
    throw type ? new type(message) : new RunnerFailedError(`the runner failed (${name})`);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new RunnerFailedError('the answer of the runner does not have the agreed form');
  return parsed.data;
}
