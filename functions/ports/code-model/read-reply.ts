import { z } from 'zod';
import { ModelAnswerError } from '#domain/errors.ts';
import type { Tokens } from '#domain/model-call.ts';
import { countTokens } from '#ports/count-tokens.ts';
import type { FinishReason, ModelReply } from './code-model.ts';
import type { Exchange } from './exchange.ts';
import { parseJson } from './parse-json.ts';
import { withoutKey } from './redact-key.ts';

/** No model has written or read more in one call; a server that says so does not count. */
const MOST_TOKENS = 2_000_000;

const PartSchema = z.object({ type: z.string().optional(), text: z.string().optional() });
/** Some servers answer in parts; those that are no text, such as thoughts, are left out. */
const TextSchema = z
  .union([z.string(), z.array(PartSchema)])
  .nullish()
  .transform((content) =>
    Array.isArray(content) ? content.map(({ text }) => text ?? '').join('') : content,
  );
const ChoiceSchema = z.object({
  message: z.object({ content: TextSchema, refusal: z.string().nullish() }).nullish(),
  text: z.string().nullish(),
  finish_reason: z.string().nullish(),
});
const ReplySchema = z.object({ choices: z.array(z.unknown()).min(1) });
const CountSchema = z.int().min(1).max(MOST_TOKENS);
const UsageSchema = z.object({
  usage: z.object({ prompt_tokens: CountSchema, completion_tokens: z.int().min(0).max(MOST_TOKENS) }),
});

export type Asked = {
  host: string;
  apiKey: string | null;
  /** All that the model was given to read. */
  prompt: string;
  /** Is the server's count of tokens to be believed? */
  isUsageTrusted: boolean;
};

/**
 * Reads the body of a successful answer. Rejects with ModelAnswerError for what is not JSON, not UTF-8, holds no
 * choice or no text. Half characters and NUL in the text become U+FFFD: models that are cut off leave such.
 */
export function readReply({ bytes }: Pick<Exchange, 'bytes'>, asked: Asked): Omit<ModelReply, 'ms'> {
  const what = `The answer of the model's server at ${asked.host}`;
  const body = parseJson(decode(bytes, what));
  if (body === undefined) {
    throw new ModelAnswerError(`${what} is not JSON. Check the model's base URL, which mostly ends in /v1.`);
  }
  const choice = ChoiceSchema.safeParse(ReplySchema.safeParse(body).data?.choices[0]);
  if (!choice.success) throw new ModelAnswerError(`${what} holds no choice, as OpenAI's API has it.`);
  const { message, text: plain, finish_reason } = choice.data;
  const finish = message?.refusal ? 'filtered' : finishOf(finish_reason);
  const text = withoutKey(wellFormed(message?.content ?? plain ?? ''), asked.apiKey);
  if (text.trim() === '' && (finish === 'stop' || finish === 'other')) {
    throw new ModelAnswerError(`${what} holds no text.`);
  }
  return { text, finish, tokens: tokensOf(body, text, asked) };
}

function decode(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ModelAnswerError(`${what} is not valid UTF-8.`);
  }
}

function finishOf(reason: string | null | undefined): FinishReason {
  if (reason === 'stop' || reason === 'length') return reason;
  return reason === 'content_filter' ? 'filtered' : 'other';
}

function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

function tokensOf(body: unknown, text: string, { prompt, isUsageTrusted }: Asked): Tokens {
  const counted = UsageSchema.safeParse(body).data?.usage;
  const isNonsense = counted?.completion_tokens === 0 && text !== '';
  if (isUsageTrusted && counted && !isNonsense) {
    return { prompt: counted.prompt_tokens, completion: counted.completion_tokens, estimated: false };
  }
  return { prompt: countTokens(prompt), completion: countTokens(text), estimated: true };
}
