/** What a server takes beside a model's name and the messages. */
export type Profile = {
  /** The field that holds the most tokens of an answer; never left out, since some servers then know no end. */
  tokenLimit: 'max_tokens' | 'max_completion_tokens';
  /** Does it take a temperature other than its own? */
  temperature: boolean;
  seed: boolean;
  /** Can it hold an answer to a JSON schema? */
  jsonSchema: boolean;
  /** Does it count tokens rightly? Else they are estimated. */
  usage: boolean;
};

/** A row of the table: the first whose patterns both fit decides. */
export type ProfileRow = {
  name: string;
  /** Fits host and port. */
  host: RegExp;
  /** Fits the model's name. */
  model: RegExp;
  profile: Profile;
};

const anything = /^/;

/** gpt-5 and later and the o series, under any prefix such as `openai.` or `openai/`; gpt-5-chat is none of them. */
const reasoning = /(^|[^a-z0-9])(o\d|gpt-([5-9]|\d\d))(?!-chat)(?![a-z0-9])/i;

const reasons: Profile = {
  tokenLimit: 'max_completion_tokens',
  temperature: false,
  seed: false,
  jsonSchema: true,
  usage: true,
};
const plain: Profile = {
  tokenLimit: 'max_tokens',
  temperature: true,
  seed: true,
  jsonSchema: false,
  usage: true,
};

/** The rows that ship, each with where its facts are from. */
export const profileRows: readonly ProfileRow[] = [
  // max_tokens: "Unsupported parameter ... Use 'max_completion_tokens' instead"; temperature: "Only the default (1)
  // value is supported" (griptape-ai/ComfyUI-Griptape#312, tmc/langchaingo#1355, johny-b/llmcomp#69 for gpt-5.4).
  // litellm keeps gpt-5-chat out (llms/openai/chat/gpt_5_transformation.py). `seed` is deprecated in the openai package.
  { name: 'OpenAI, reasoning', host: /^api\.openai\.com(:443)?$/, model: reasoning, profile: reasons },
  // Structured outputs begin with gpt-4o (platform.openai.com, guide "Structured outputs"); max_tokens is deprecated
  // in favor of max_completion_tokens for every chat model (openai package, resources/chat/completions).
  {
    name: 'OpenAI, with schemas',
    host: /^api\.openai\.com(:443)?$/,
    model: /gpt-(4o|4\.1|5)/,
    profile: { ...plain, tokenLimit: 'max_completion_tokens', jsonSchema: true },
  },
  {
    name: 'OpenAI',
    host: /^api\.openai\.com(:443)?$/,
    model: anything,
    profile: { ...plain, tokenLimit: 'max_completion_tokens' },
  },
  // Azure serves the same models under names that its users choose, so a name may hide one that reasons: that is
  // learned from its first refusal, whose words are OpenAI's (anomalyco/opencode#37964, gabrii/Cursor-Azure-GPT-5#33).
  {
    name: 'Azure, reasoning',
    host: /\.(openai|services\.ai|cognitiveservices)\.azure\.com(:443)?$/,
    model: reasoning,
    profile: reasons,
  },
  // Models of others behind the same hosts forbid a seed (langchain-ai/langchain-azure#82).
  {
    name: 'Azure',
    host: /\.(openai|services\.ai|cognitiveservices)\.azure\.com(:443)?$/,
    model: anything,
    profile: { ...plain, seed: false },
  },
  // docs.aws.amazon.com, Bedrock user guide, "Chat Completions API": bedrock-runtime.REGION.amazonaws.com/openai/v1
  // and bedrock-mantle.REGION.api.aws/v1. Seeds and schemas differ between its models, so neither is sent.
  {
    name: 'Bedrock, reasoning',
    host: /^bedrock-(runtime|mantle)\.[a-z0-9-]+\.(amazonaws\.com|api\.aws)(:443)?$/,
    model: reasoning,
    profile: { ...reasons, jsonSchema: false },
  },
  {
    name: 'Bedrock',
    host: /^bedrock-(runtime|mantle)\.[a-z0-9-]+\.(amazonaws\.com|api\.aws)(:443)?$/,
    model: anything,
    profile: { ...plain, seed: false },
  },
  // "Unknown name "seed": Cannot find field" (Vali-98/ChatterUI#227).
  {
    name: 'Gemini',
    host: /^generativelanguage\.googleapis\.com(:443)?$/,
    model: anything,
    profile: { ...plain, seed: false },
  },
  // Its field is `random_seed` (simonw/llm-mistral#2); `seed` is refused as extra_forbidden
  // (langchain-ai/langchain-azure#82).
  {
    name: 'Mistral',
    host: /^api\.mistral\.ai(:443)?$/,
    model: anything,
    profile: { ...plain, seed: false },
  },
  // docs.ollama.com/api/openai-compatibility lists max_tokens, temperature, seed and response_format. It does not read
  // max_completion_tokens, so that an answer would have no end.
  { name: 'Ollama', host: /:11434$/, model: anything, profile: { ...plain, jsonSchema: true } },
  // lmstudio-ai/docs, chat-completions.md: max_tokens, temperature and seed; structured-output.md.
  { name: 'LM Studio', host: /:1234$/, model: anything, profile: { ...plain, jsonSchema: true } },
  // docs.vllm.ai "OpenAI-compatible server": seed, and schemas by guided decoding. max_tokens is taken by all of them,
  // max_completion_tokens only since vllm-project/vllm#9837.
  {
    name: 'vLLM',
    host: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):8000$/,
    model: anything,
    profile: { ...plain, jsonSchema: true },
  },
  // tools/server/README.md of llama.cpp; max_completion_tokens was not read before ggml-org/llama.cpp#19831.
  {
    name: 'llama.cpp',
    host: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):8080$/,
    model: anything,
    profile: { ...plain, jsonSchema: true },
  },
  // What the servers above have in common; whatever else there is refuses it once and is remembered.
  { name: 'unknown', host: anything, model: anything, profile: plain },
];

/** What a server is known to take of a model, without what was learned of it. */
export function profileOf(host: string, model: string, rows: readonly ProfileRow[] = profileRows): Profile {
  const row = [...rows, ...profileRows].find((each) => each.host.test(host) && each.model.test(model));
  return row?.profile ?? plain;
}
