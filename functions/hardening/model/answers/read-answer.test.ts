import { describe, expect, it } from '@jest/globals';
import { CODE, QUESTION } from '../prompts/fixtures/questions.ts';
import { repairPrompt } from '../prompts/repair-prompt.ts';
import { readAnswer, readDescription } from './read-answer.ts';

const restore = (code: string) => ({ code });
const FENCED = '```python\nx = 1\n```';

describe('readAnswer', () => {
  it('gives the code in the form that was asked for', async () => {
    expect(await readAnswer({ text: FENCED, finish: 'stop' }, 'parts', restore)).toEqual({
      answer: { form: 'parts', code: 'x = 1\n' },
    });
  });

  it('gives the texts of the program back', async () => {
    const { messages, restore: back } = await repairPrompt({ ...QUESTION, form: 'whole' });
    const shown = messages.at(-1)?.content.split(`${QUESTION.boundary}`)[1]?.trim() ?? '';

    expect(shown).toContain('# [comment 1]');
    expect(
      await readAnswer({ text: `\`\`\`python\n${shown}\n\`\`\``, finish: 'stop' }, 'whole', back),
    ).toEqual({
      answer: { form: 'whole', code: CODE },
    });
  });

  it.each([
    ['length', 'the answer was cut off at the token limit'],
    ['filtered', 'refused'],
  ] as const)('takes none that ended by %s', async (finish, malformed) => {
    expect(await readAnswer({ text: FENCED, finish }, 'parts', restore)).toEqual({ malformed });
    expect(readDescription({ text: FENCED, finish })).toEqual({ malformed });
  });

  it('says what is wrong with one that cannot be put back', async () => {
    const reply = { text: FENCED, finish: 'stop' as const };

    expect(await readAnswer(reply, 'parts', () => ({ malformed: 'lost' }))).toEqual({ malformed: 'lost' });
  });
});

describe('readDescription', () => {
  it('gives the words without the thinking', () => {
    const text = '<think>\nhm\n</think>\n\nWrite a program.\n';
    expect(readDescription({ text, finish: 'stop' })).toEqual({ description: 'Write a program.' });
  });

  it('needs some', () => {
    expect(readDescription({ text: ' \n', finish: 'stop' })).toEqual({ malformed: 'it holds no text' });
  });
});
