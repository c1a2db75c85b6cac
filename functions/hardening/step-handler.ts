import middy from '@middy/core';
import type { z } from 'zod';
import { InvalidInputError } from '#domain/errors.ts';

/** A step as Step Functions and the local run invoke it. */
export type StepHandler = (event: unknown, context?: unknown) => Promise<unknown>;

/**
 * Wires a step's work to its event, over the services that it needs: the event is parsed by the schema before the
 * work sees it.
 * Rejects with InvalidInputError for an event of another form.
 */
export function stepHandler<S extends z.ZodType, R, N>(
  schema: S,
  work: (input: z.output<S>, services: N) => Promise<R>,
): (services: N) => StepHandler {
  return (services) => {
    const chain = middy<unknown, R>()
      .before((request) => {
        const parsed = schema.safeParse(request.event);
        if (!parsed.success) throw new InvalidInputError(parsed.error.message);
        request.event = parsed.data;
      })
      .handler((event) => work(event as z.output<S>, services));
    return (event, context = {}) => Promise.resolve(chain(event, context as never));
  };
}
