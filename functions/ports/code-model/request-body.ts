import type OpenAI from 'openai';
import type { PromptTemplate } from '#domain/model-settings.ts';
import type { Profile } from './capability-profiles.ts';
import type { ModelRequest } from './code-model.ts';
import { renderSafeCoderPrompt, safeCoderStop } from './safecoder-template.ts';

type ChatBody = OpenAI.ChatCompletionCreateParamsNonStreaming;
type PlainBody = OpenAI.CompletionCreateParamsNonStreaming;

/** A body, the text that the model reads, and the request that carries it. */
export type Question = {
  body: object;
  prompt: string;
  call: (client: OpenAI) => { asResponse(): Promise<unknown> };
};

/** Any number does: the same question shall have the same answer. */
const SEED = 1;

/** What a profile leaves of itself for a template: plain completions know one token limit and no schema. */
export function profileFor(template: PromptTemplate, profile: Profile): Profile {
  return template === 'chat' ? profile : { ...profile, tokenLimit: 'max_tokens', jsonSchema: false };
}

/** A question in the form of its template, with the fields that the profile allows and no other. */
export function questionFor(
  request: ModelRequest,
  { name, template }: { name: string; template: PromptTemplate },
  profile: Profile,
): Question {
  const sampling = { ...(profile.temperature && { temperature: 0 }), ...(profile.seed && { seed: SEED }) };
  const limit = { [profile.tokenLimit]: request.maxTokens };
  if (template === 'safecoder') {
    const prompt = renderSafeCoderPrompt(request.messages);
    const body: PlainBody = { model: name, prompt, stop: safeCoderStop, ...limit, ...sampling };
    return { body, prompt, call: (client) => client.completions.create(body) };
  }
  const body: ChatBody = {
    model: name,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    ...limit,
    ...sampling,
    ...(profile.jsonSchema && schemaOf(request)),
  };
  const prompt = request.messages.map(({ content }) => content).join('\n\n');
  return { body, prompt, call: (client) => client.chat.completions.create(body) };
}

function schemaOf({ jsonSchema }: ModelRequest): Pick<ChatBody, 'response_format'> {
  if (!jsonSchema) return {};
  const { name, schema } = jsonSchema;
  return { response_format: { type: 'json_schema', json_schema: { name, schema, strict: true } } };
}
