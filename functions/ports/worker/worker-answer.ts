import { z } from 'zod';
import {
  InputTooLargeError,
  InvalidInputError,
  NotFoundError,
  StoreUnavailableError,
  WorkerFailedError,
} from '#domain/errors.ts';
import { type WorkerOutput, type WorkerStepName, workerSteps } from '#domain/worker-steps.ts';

const AnswerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({
    id: z.int().nullable(),
    ok: z.literal(false),
    error: z.object({ name: z.string(), message: z.string() }),
  }),
]);
export type Answer = z.infer<typeof AnswerSchema>;

const errorsByName = new Map(
  [InputTooLargeError, InvalidInputError, NotFoundError, StoreUnavailableError, WorkerFailedError].map(
    (type) => [new type().name, type],
  ),
);

/** Reads one line of the worker's stdout; null where it is not an answer. */
export function parseAnswer(line: string): Answer | null {
  try {
    return AnswerSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The output of an answer, through the step's schema. Throws the error that the worker named. */
export function outputOf<S extends WorkerStepName>(step: S, answer: Answer): WorkerOutput<S> {
  if (!answer.ok) {
    const { name, message } = answer.error;
    const type = errorsByName.get(name);
    throw type ? new type(message) : new WorkerFailedError(`the worker failed in ${step} (${name})`);
  }
  const parsed = workerSteps[step].output.safeParse(answer.output);
  if (!parsed.success) {
    throw new WorkerFailedError(`the worker's answer to ${step} does not have the agreed form`);
  }
  return parsed.data as WorkerOutput<S>;
}
