import { fence } from './fence.ts';
import { type ModelPrompt, restoreNothing } from './model-prompt.ts';
import { triesLines } from './tries-lines.ts';

/**
 * The second call of PromSec's public loop (github.com/mahmoudkanazzal/PromSec, MIT), in other words: the program
 * is written anew from its description. What the description does not say is lost, as there.
 *
 * @throws InvalidInputError where the description holds the boundary.
 */
export function rewritePrompt(question: {
  description: string;
  malformed: string | null;
  boundary: string;
}): ModelPrompt {
  const content = [
    'Write Python code as described below. Keep secret keys and passwords in environment variables.',
    fence(question.boundary, question.description),
    ...triesLines([], question.malformed),
    'Answer with source code only, in one ```python block.',
  ].join('\n');
  return { messages: [{ role: 'user', content }], restore: restoreNothing };
}
