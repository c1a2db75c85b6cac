import type { z } from 'zod';
import { problemOf, UnexpectedAnswerError, UnreachableError } from './problems.ts';

export type Sending = {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * The API's answer as `schema` reads it. Rejects with ProblemError where the API refuses, with UnreachableError
 * where no answer comes, and with UnexpectedAnswerError where it has another form.
 */
export async function sendForJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  sending: Sending = {},
): Promise<z.output<Schema>> {
  const response = await send(path, sending);
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    throw new UnexpectedAnswerError(
      'The server answered in a form that this page does not know. Reload the page.',
    );
  }
  return parsed.data;
}

/** The API's answer as it is. Rejects as `sendForJson` does. */
export async function send(
  path: string,
  { method = 'GET', body, headers, signal }: Sending = {},
): Promise<Response> {
  const response = await fetch(path, {
    method,
    // The owner of an anonymous visitor's runs is in a cookie of this origin.
    credentials: 'same-origin',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new UnreachableError('The server does not answer.');
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}
