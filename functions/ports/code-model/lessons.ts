import { z } from 'zod';
import type { Profile } from './capability-profiles.ts';
import type { Exchange } from './exchange.ts';
import { type ErrorParts, errorParts } from './server-errors.ts';

/** What a server was found not to take. */
export const LessonSchema = z.strictObject({
  tokenLimit: z.enum(['max_tokens', 'max_completion_tokens']).exactOptional(),
  temperature: z.literal(false).exactOptional(),
  seed: z.literal(false).exactOptional(),
  jsonSchema: z.literal(false).exactOptional(),
});
export type Lesson = z.infer<typeof LessonSchema>;

/** OpenAI, Azure, Anthropic; OpenAI's older words; vLLM, Mistral (pydantic); Gemini; Groq, llama.cpp and others. */
const refusals =
  /unsupported|not supported|does not support|unrecognized|unknown (name|parameter|field|argument)|not permitted|extra_forbidden|additional propert|unexpected (field|keyword|property)|cannot find field|deprecated|invalid field|not allowed/i;

const fields: { field: string; lesson: Lesson }[] = [
  { field: 'temperature', lesson: { temperature: false } },
  { field: 'seed', lesson: { seed: false } },
  { field: 'response_format', lesson: { jsonSchema: false } },
];

/**
 * What a refusal (400 or 422) teaches about a field that was sent, or null. Only names of our own fields are taken
 * from what the server says. A limit that is too large for the model is no lesson: the limit is never left out.
 */
export function lessonOf(answer: Exchange, sent: object, profile: Profile): Lesson | null {
  if (answer.status !== 400 && answer.status !== 422) return null;
  const parts = errorParts(answer);
  const isNamed = (field: string) => field in sent && names(parts, field);
  if (!isRefusal(parts)) return null;
  if (isNamed(profile.tokenLimit)) return swappedLimit(profile);
  const lessons = fields.filter(({ field }) => isNamed(field)).map(({ lesson }) => lesson);
  return lessons.length === 0 ? null : Object.assign({}, ...lessons);
}

/** Only OpenAI's models that reason refuse `max_tokens`, and those take neither a temperature nor a seed. */
function swappedLimit({ tokenLimit }: Profile): Lesson {
  return tokenLimit === 'max_tokens'
    ? { tokenLimit: 'max_completion_tokens', temperature: false, seed: false }
    : { tokenLimit: 'max_tokens' };
}

function isRefusal({ code, message }: ErrorParts): boolean {
  return /^(unsupported|unknown)_(parameter|value)$/.test(String(code)) || refusals.test(message);
}

function names({ param, message }: ErrorParts, field: string): boolean {
  if (param) return param === field || param.startsWith(`${field}.`) || param.startsWith(`${field}[`);
  return new RegExp(`(^|[^a-z0-9_])${field}($|[^a-z0-9_])`, 'i').test(message);
}
