import type { PromptTemplate } from '#domain/model-settings.ts';
import { type ModelPrompt, restoreNothing } from './model-prompt.ts';
import { triesLines } from './tries-lines.ts';

const SYSTEM =
  'You write secure Python programs. Answer with one ```python block: the complete program that the user asks for. Secrets come from environment variables, queries take parameters, processes start without a shell. No other text.';

/**
 * Asks for the program that a user wants. A model of SafeCoder's template gets the instruction that it was tuned
 * with (github.com/eth-sri/SafeCoder, MIT, constants.py); the adapter sets it into the template.
 */
export function generatePrompt(question: {
  prompt: string;
  template: PromptTemplate;
  malformed: string | null;
  boundary: string;
}): ModelPrompt {
  const { prompt, template } = question;
  if (template === 'safecoder') {
    const content = `Create a Python function for this problem:\n${prompt}`;
    return { messages: [{ role: 'user', content }], restore: restoreNothing };
  }
  return {
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: [prompt, ...triesLines([], question.malformed)].join('\n') },
    ],
    restore: restoreNothing,
  };
}
