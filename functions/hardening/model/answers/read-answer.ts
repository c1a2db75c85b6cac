import type { ModelAnswer } from '#domain/repair.ts';
import type { ModelReply } from '#ports/code-model/code-model.ts';
import { loadPythonParser } from '../../plan-edits/graph/python-parser.ts';
import type { Restore } from '../prompts/model-prompt.ts';
import { extractCode } from './extract-code.ts';

/** Why an answer was cut off, in words fit for the next prompt. */
const CUT_OFF = 'the answer was cut off at the token limit';

/**
 * Reads what a model answered: its code with the program's own texts put back, or why it cannot be used, in words
 * fit for the next prompt. `names` are those of the requested parts; they tell the right block from others.
 */
export async function readAnswer(
  reply: Pick<ModelReply, 'text' | 'finish'>,
  form: ModelAnswer['form'],
  restore: Restore,
  names: readonly string[] = [],
): Promise<{ answer: ModelAnswer } | { malformed: string }> {
  const ended = endedEarly(reply);
  if (ended !== null) return { malformed: ended };
  const extracted = extractCode(await loadPythonParser(), reply.text, names);
  if ('malformed' in extracted) return extracted;
  const restored = restore(extracted.code);
  return 'malformed' in restored ? restored : { answer: { form, code: restored.code } };
}

/** Reads an answer that is to be words: the description of a program. */
export function readDescription(
  reply: Pick<ModelReply, 'text' | 'finish'>,
): { description: string } | { malformed: string } {
  const ended = endedEarly(reply);
  if (ended !== null) return { malformed: ended };
  const description = reply.text.replace(/^\s*<think>.*?<\/think>/is, '').trim();
  return description === ''
    ? { malformed: 'it holds no text' }
    : { description: description.slice(0, MAX_DESCRIPTION) };
}

const MAX_DESCRIPTION = 20_000;

function endedEarly({ finish }: Pick<ModelReply, 'finish'>): string | null {
  if (finish === 'length') return CUT_OFF;
  return finish === 'filtered' ? 'refused' : null;
}
