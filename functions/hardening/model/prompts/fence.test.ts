import { describe, expect, it } from '@jest/globals';
import { InvalidInputError } from '#domain/errors.ts';
import { fence, withoutFences } from './fence.ts';

const BOUNDARY = '0123456789abcdef';

describe('fence', () => {
  it('encloses data between marks that hold the boundary', () => {
    expect(fence(BOUNDARY, 'x = 1\n\n')).toBe(`<<<${BOUNDARY}\nx = 1\n${BOUNDARY}>>>`);
  });

  it('refuses data that could end the fence, and a boundary that could be guessed', () => {
    expect(() => fence(BOUNDARY, `# ${BOUNDARY}`)).toThrow(InvalidInputError);
    expect(() => fence('short', 'x = 1')).toThrow(InvalidInputError);
    expect(() => fence('has a space in it', 'x = 1')).toThrow(InvalidInputError);
  });
});

describe('withoutFences', () => {
  it('takes the marks out of an answer that copies them, and nothing else', () => {
    const answer = `\`\`\`python\n${fence(BOUNDARY, 'x = 1 << 2')}\n\`\`\``;

    expect(withoutFences(BOUNDARY, answer)).toBe('```python\nx = 1 << 2\n```');
    expect(withoutFences('another0', answer)).toBe(answer);
  });
});
