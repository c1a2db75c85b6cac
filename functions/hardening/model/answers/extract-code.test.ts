import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Parser } from 'web-tree-sitter';
import { loadPythonParser } from '../../plan-edits/graph/python-parser.ts';
import { extractCode } from './extract-code.ts';

const CODE = 'import os\n\n\ndef find(name):\n    return os.environ[name]\n';
const OTHER = 'def store(name):\n    pass\n';

let parser: Parser;
beforeAll(async () => {
  parser = await loadPythonParser();
});

const fenced = (code: string, info = 'python', marks = '```') => `${marks}${info}\n${code}${marks}\n`;
const json = (value: unknown) => JSON.stringify(value);

describe('extractCode', () => {
  it.each([
    ['one fence', fenced(CODE)],
    ['a fence without a word', fenced(CODE, '')],
    ['another word', fenced(CODE, 'code')],
    ['words around', `Here is the code:\n\n${fenced(CODE)}\nI changed the query.`],
    ['py', fenced(CODE, 'py')],
    ['Python 3', fenced(CODE, 'Python3 title="app.py"')],
    ['tildes', fenced(CODE, 'python', '~~~')],
    ['four marks', fenced(CODE, 'python', '````')],
    ['a fence in a list', `1. The code:\n${fenced(CODE).replace(/^(?=.)/gm, '   ')}`],
    ['no fence', CODE],
    ['no fence, words before', `Sure! Here is the repaired code:\n\n${CODE}`],
    ['no fence, words around', `Here it is.\n\n${CODE}\nThis reads the name from the environment.`],
    ['a fence that is not closed', `\`\`\`python\n${CODE}`],
    ['carriage returns', fenced(CODE).replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${fenced(CODE)}`],
    ['thinking', `<think>\n${fenced('draft = 1\n')}Better so.\n</think>\n${fenced(CODE)}`],
    [
      'thinking that the template opened',
      `Let me see.\n${fenced('draft = 1\n')}Done.\n</think>\n\n${fenced(CODE)}`,
    ],
    ['JSON', json({ code: CODE })],
    ['JSON with a fence in it', json({ answer: fenced(CODE) })],
    ['JSON in a fence', fenced(`${json({ code: CODE })}\n`, 'json')],
    ['a command after it', `${fenced(CODE)}\nRun it:\n\n${fenced('python app.py\n', 'bash')}`],
    [
      'the old code before it',
      `Before:\n${fenced(CODE.replace('os.environ[name]', 'name'))}After:\n${fenced(CODE)}`,
    ],
    ['an example of another function', `${fenced(CODE)}Use:\n${fenced('print(1)\n')}`],
    ['a text with a fence in it', fenced(CODE.replace('return', '"""\n```\nx\n```\n"""\n    return'))],
  ])('reads %s', (name, answer) => {
    const code =
      name === 'a text with a fence in it'
        ? CODE.replace('return', '"""\n```\nx\n```\n"""\n    return')
        : CODE;
    expect(extractCode(parser, answer, ['find'])).toEqual({ code });
  });

  it('joins blocks that each hold another requested part, and those that import', () => {
    const answer = `${fenced('import os\n')}Then\n${fenced(OTHER)}and\n${fenced('    async def find(self):\n        pass\n')}`;

    expect(extractCode(parser, answer, ['Users.find', 'store'])).toEqual({
      code: `import os\n\n${OTHER}\n    async def find(self):\n        pass\n`,
    });
  });

  it('takes the longest of several where no name says which', () => {
    expect(extractCode(parser, `${fenced('x = 1\n')}${fenced(CODE)}${fenced('y = 2\n')}`, [])).toEqual({
      code: CODE,
    });
  });

  it.each([
    ['nothing', '', 'it holds no code'],
    ['blanks', ' \n\n', 'it holds no code'],
    ['words', 'The function is fine as it is.', 'it holds no Python code'],
    ['a refusal', "I'm sorry, but I can't help with that.", 'refused'],
    ['a refusal with another apostrophe', 'I can’t assist with this request.', 'refused'],
    ['a patch', fenced('-x = 1\n+x = 2\n', 'diff'), 'it holds no Python code'],
    ['an empty fence', fenced(''), 'it holds no Python code'],
    ['empty JSON', json({ code: '' }), 'it holds no code'],
    ['thinking without an end', `<think>\n${CODE}`, 'it holds no code'],
    [
      'a fence that is cut off',
      '```python\ndef find(name):\n    return (name +',
      'its code block is not closed, so it was cut off',
    ],
    ['too much', 'x'.repeat(200_001), 'it is longer than 200000 characters'],
  ])('has a reason against %s', (_name, answer, malformed) => {
    expect(extractCode(parser, answer, ['find'])).toEqual({ malformed });
  });

  it('never throws, whatever the answer', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '```',
        '```python\n',
        '~~~\n',
        '\n',
        '<think>',
        '</think>',
        '{"code": "',
        '"}',
        'def f(',
        CODE,
        '    ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const read = extractCode(parser, pieces.join(''), ['find']);
        expect('code' in read ? typeof read.code : read.malformed).toMatch(/./);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the code back, however it was wrapped', () => {
    const statement = fc.constantFrom(
      'import os',
      'x = {"code": "y"}',
      'def f(a):\n    return a',
      'class C:\n\n    def g(self):\n        return "</think>"',
      "text = '''\n  # kept\n'''",
      '# a comment',
      'if x:\n\tpass',
    );
    const code = fc.array(statement, { minLength: 1, maxLength: 6 }).map((each) => `${each.join('\n')}\n`);
    const wrapping = fc.constantFrom<(code: string) => string>(
      (each) => fenced(each),
      (each) => fenced(each, ''),
      (each) => fenced(each, 'py', '~~~~'),
      (each) => `Here:\n\n${fenced(each)}\nDone, it is.`,
      (each) => `<think>hm\n${fenced('z = 1\n')}</think>${fenced(each)}`,
      (each) => fenced(each).replace(/^(?=.)/gm, '  '),
      (each) => json({ code: each }),
      (each) => fenced(each).replaceAll('\n', '\r\n'),
    );
    fc.assert(
      fc.property(code, wrapping, (each, wrap) => {
        expect(extractCode(parser, wrap(each), ['f', 'C.g'])).toEqual({ code: each });
      }),
    );
  });
});
