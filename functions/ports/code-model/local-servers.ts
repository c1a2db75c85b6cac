import type { CodeModel } from './code-model.ts';
import { createOpenAiCodeModel } from './openai-code-model.ts';

export type LocalServer = { name: string; baseUrl: string; models: string[] };

type Place = { name: string; port: number };

/**
 * Where servers of models listen unless they are told otherwise: docs.ollama.com/api/openai-compatibility,
 * lmstudio.ai/docs/api/openai-api, tools/server/README.md of llama.cpp, docs.vllm.ai "OpenAI-compatible
 * server".
 */
export const usualPlaces: readonly Place[] = [
  { name: 'Ollama', port: 11_434 },
  { name: 'LM Studio', port: 1234 },
  { name: 'llama.cpp', port: 8080 },
  { name: 'vLLM', port: 8000 },
];

/**
 * The servers that run on this machine at their usual ports and list at least one model, with the models' names.
 * Another program at such a port does not list any, and is left out. Sends no key; never rejects.
 */
export async function findLocalServers({
  places = usualPlaces,
  timeoutMs = 500,
}: {
  places?: readonly Place[];
  timeoutMs?: number;
} = {}): Promise<LocalServer[]> {
  const codeModel = createOpenAiCodeModel({
    isLoopbackAllowed: true,
    isHttpAllowed: true,
    limits: { timeoutMs, silenceMs: timeoutMs },
  });
  const found = await Promise.all(places.map((place) => lookAt(codeModel, place)));
  return found.filter((server) => server !== null);
}

async function lookAt(codeModel: CodeModel, { name, port }: Place): Promise<LocalServer | null> {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  try {
    const models = await codeModel.list({ baseUrl, apiKey: null });
    return models.length === 0 ? null : { name, baseUrl, models };
  } catch {
    return null;
  }
}
