import { z } from 'zod';
import { ModelBusyError, ModelRefusedError } from '#domain/errors.ts';
import type { Exchange } from './exchange.ts';
import { parseJson } from './parse-json.ts';

const MOST_SECONDS = 300;

/** Only the parts of an error that decide something. Some servers wrap it in a list, some in nothing. */
const ErrorPartsSchema = z.object({
  message: z.string().catch(''),
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  type: z.string().nullish().catch(null),
  param: z.string().nullish().catch(null),
});
export type ErrorParts = z.infer<typeof ErrorPartsSchema>;

/** What a server says of its refusal, for deciding only: no text of it goes any further. */
export function errorParts({ bytes }: Exchange): ErrorParts {
  const text = new TextDecoder().decode(bytes.subarray(0, 20_000));
  const body = parseJson(text);
  const [outer] = Array.isArray(body) ? body : [body];
  const inner = z.object({ error: z.unknown() }).safeParse(outer);
  const parts = ErrorPartsSchema.safeParse(inner.success ? inner.data.error : outer);
  // Some servers put a list of complaints where the message should be, or speak plain text.
  return { code: null, type: null, param: null, ...parts.data, message: parts.data?.message || text };
}

/**
 * What a status other than success means. The messages are ours and say what to do; they hold the host and the
 * model, both of which the user gave.
 */
export function statusError(
  answer: Exchange,
  { host, model, hasKey, now }: { host: string; model: string; hasKey: boolean; now: number },
): ModelBusyError | ModelRefusedError {
  const { status } = answer;
  const parts = errorParts(answer);
  const server = `The model's server at ${host}`;
  if (status === 429 && isQuotaUsedUp(parts)) {
    return new ModelRefusedError(
      `${server} says that the key's quota is used up (429). Raise it, or use another key.`,
    );
  }
  if (isBusy(status)) {
    const what = status === 429 ? 'asks for fewer calls' : 'is overloaded or broken';
    return new ModelBusyError(
      `${server} ${what} (${status}). Try again later.`,
      retryAfterSeconds(answer, now),
    );
  }
  return new ModelRefusedError(`${server} ${refusal(status, model, hasKey, parts)}`);
}

function refusal(status: number, model: string, hasKey: boolean, parts: ErrorParts): string {
  if (status === 401) {
    return hasKey
      ? 'did not accept the key (401). Set the variable that --api-key-env names to a valid one.'
      : 'asks for a key (401). Name the variable that holds it with --api-key-env.';
  }
  if (status === 402) return "says that the key's account has no credit (402). Add some, or use another key.";
  if (status === 403) return `does not let this key use the model ${model} (403). Use another key or model.`;
  if (status === 404) {
    return `has no model ${model}, or no such address (404). Check the model's name and its base URL, which mostly ends in /v1.`;
  }
  if (status >= 300 && status < 400) {
    return `sends callers elsewhere (${status}), which is not followed. Use the address that it really has.`;
  }
  if (status === 413 || isTooLong(parts)) {
    return `says that the request is too long for the model ${model} (${status}). Use a model with a larger context, or smaller code.`;
  }
  return `turned the request down (${status}). Check that the model ${model} takes ${status === 405 ? 'calls at this base URL' : 'chat messages'}.`;
}

/** How long a server asks to wait, in whole seconds, at most 300; null where it does not say, or says nonsense. */
export function retryAfterSeconds({ headers }: Pick<Exchange, 'headers'>, now: number): number | null {
  const ms = numberIn(headers.get('retry-after-ms'));
  if (ms !== null) return bounded(ms / 1000);
  const text = headers.get('retry-after');
  const seconds = numberIn(text);
  if (seconds !== null) return bounded(seconds);
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? null : bounded((date - now) / 1000);
}

function isBusy(status: number): boolean {
  // 408, 409 and 425 pass by themselves, as the openai package holds, too; 501 does not.
  return [408, 409, 425, 429].includes(status) || (status >= 500 && status !== 501);
}

function isQuotaUsedUp({ code, type, message }: ErrorParts): boolean {
  return code === 'insufficient_quota' || type === 'insufficient_quota' || /insufficient_quota/.test(message);
}

function isTooLong({ code, message }: ErrorParts): boolean {
  return (
    code === 'context_length_exceeded' ||
    /context (length|size|window)|maximum context|too (long|large)|supports at most/i.test(message)
  );
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : null;
}

function bounded(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds), 0), MOST_SECONDS);
}
