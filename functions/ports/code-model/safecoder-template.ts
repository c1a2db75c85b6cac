import type { ChatMessage } from './code-model.ts';

const TASK = 'Below is an instruction that describes a task';
const REQUEST = 'Write a response that appropriately completes the request.';

/** Where SafeCoder's answer ends: a model that goes on begins the next instruction. */
export const safeCoderStop = ['### Instruction:'];

/**
 * The text that SafeCoder was tuned on (eth-sri/SafeCoder, `safecoder/constants.py`, which is Alpaca's template).
 * With a system message that is the instruction and the rest its input; else all of it is the instruction.
 */
export function renderSafeCoderPrompt(messages: readonly ChatMessage[]): string {
  const contentOf = (role: ChatMessage['role']) =>
    messages
      .filter((message) => message.role === role)
      .map(({ content }) => content)
      .join('\n\n');
  const [system, user] = [contentOf('system'), contentOf('user')];
  if (system === '' || user === '') {
    return `${TASK}. ${REQUEST}\n\n### Instruction:\n${system}${user}\n\n### Response:\n`;
  }
  return (
    `${TASK}, paired with an input that provides further context. ${REQUEST}\n\n` +
    `### Instruction:\n${system}\n\n### Input:\n${user}\n\n### Response:\n`
  );
}
