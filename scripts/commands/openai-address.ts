/** Where OpenAI answers, and where its own tools look for the key (README of the openai package). */
export const OPENAI = {
  name: 'OpenAI',
  host: 'api.openai.com',
  baseUrl: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
} as const;

/** Whether a model of this name is one that OpenAI serves; gpt-oss is for servers of one's own. */
export function isOpenAiModel(name: string): boolean {
  return /^(ft:)?(gpt-(?!oss)|chatgpt-|codex-|o\d)/.test(name);
}
