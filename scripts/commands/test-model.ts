import type { ModelSettings } from '#domain/model-settings.ts';
import { formatMs, formatTokens } from '#domain/report/wording.ts';
import type { Lesson } from '#ports/code-model/lessons.ts';
import type { ModelAccess } from './command-context.ts';

/** As few as a call can ask for and still show that a model answers. */
const MAX_TOKENS = 16;

/** What one small call showed; `words` says tokens, time and what was learned, or what to do. */
export type ModelTest = { isWorking: boolean; words: string };

/** Asks a model for a few tokens. Rejects with nothing that a server can do. */
export async function testModel(
  settings: ModelSettings,
  apiKey: string | null,
  access: Pick<ModelAccess, 'complete' | 'learned'>,
  signal: AbortSignal,
): Promise<ModelTest> {
  const request = {
    messages: [{ role: 'user' as const, content: 'Write the Python expression for one plus one.' }],
    maxTokens: MAX_TOKENS,
  };
  try {
    const { tokens, ms } = await access.complete(request, { settings, apiKey }, signal);
    const learned = learnedWords(access.learned(new URL(settings.baseUrl).host, settings.name));
    return {
      isWorking: true,
      words: [`answers: ${formatTokens(tokens)}, ${formatMs(ms)}`, ...learned].join('; '),
    };
  } catch (error) {
    return { isWorking: false, words: error instanceof Error ? error.message : 'unknown error' };
  }
}

function learnedWords({ tokenLimit, temperature, seed, jsonSchema }: Lesson): string[] {
  const refused = [
    ...(temperature === false ? ['temperature'] : []),
    ...(seed === false ? ['seed'] : []),
    ...(jsonSchema === false ? ['JSON schema'] : []),
  ];
  return [
    ...(tokenLimit === undefined ? [] : [`learned that it hears ${tokenLimit}`]),
    ...(refused.length === 0 ? [] : [`learned that it takes no ${refused.join(', ')}`]),
  ];
}
