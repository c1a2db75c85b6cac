import { describe, expect, it } from '@jest/globals';
import { renderSafeCoderPrompt } from './safecoder-template.ts';

describe('the template of SafeCoder', () => {
  it('is the one that it was tuned on, for an instruction', () => {
    const content = 'Create a Python function for this problem:\nParse a number.';

    expect(renderSafeCoderPrompt([{ role: 'user', content }])).toBe(
      'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n' +
        '### Instruction:\nCreate a Python function for this problem:\nParse a number.\n\n### Response:\n',
    );
  });

  it('makes the system message the instruction, and the rest its input', () => {
    const messages = [
      { role: 'system' as const, content: 'Repair the code.' },
      { role: 'user' as const, content: 'eval(x)' },
      { role: 'user' as const, content: 'exec(y)' },
    ];

    expect(renderSafeCoderPrompt(messages)).toBe(
      'Below is an instruction that describes a task, paired with an input that provides further context. ' +
        'Write a response that appropriately completes the request.\n\n' +
        '### Instruction:\nRepair the code.\n\n### Input:\neval(x)\n\nexec(y)\n\n### Response:\n',
    );
  });
});
