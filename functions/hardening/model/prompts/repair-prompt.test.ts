import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { InvalidInputError } from '#domain/errors.ts';
import type { AllowedChange } from '#domain/repair.ts';
import { goldenPrompts } from './fixtures/golden-prompts.ts';
import { injections } from './fixtures/injections.ts';
import { BOUNDARY, CODE, QUESTION, TARGETS } from './fixtures/questions.ts';
import { type RepairQuestion, repairPrompt } from './repair-prompt.ts';

async function prompted(over: Partial<RepairQuestion> = {}): Promise<string> {
  const { messages } = await repairPrompt({ ...QUESTION, ...over });
  return messages.map(({ content }) => content).join('\n');
}

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}

/** The first target and its part, with something else said in them. */
const SECRET_CHANGE: AllowedChange = {
  target: 'secret',
  summary: null,
  declared: [],
  environment: [],
  rewritten: [],
};

function saying(text: string): Partial<RepairQuestion>[] {
  const [target] = TARGETS;
  const [part] = QUESTION.excerpt.parts;
  if (!target || !part) throw new Error('The fixture has no target.');
  const quoted = JSON.stringify(text);
  const excerpts = [
    `x = 1  # ${text}\n`,
    `# ${text}\nx = 1\n`,
    `x = ${quoted}\n`,
    `x = f"${text.replace(/["{}\\]/g, '')}{y}"\n`,
    `def f():\n    """${text}"""\n`,
    `x = ("a" ${quoted}\n     "b")  # ${text}\n`,
  ].map((code) => ({ code, excerpt: { ...QUESTION.excerpt, parts: [{ ...part, code }] } }));
  const kept = { ...part.keep, names: [`reads the item ${quoted}`], queries: [text], commands: [text] };
  return [
    ...excerpts,
    ...excerpts.map((each) => ({ ...each, form: 'whole' as const })),
    { targets: [{ ...target, message: `Possible hardcoded password: '${text}'` }] },
    { targets: [{ ...target, message: text }] },
    { reasons: [text, `a new comment silences a tool: \`${text}\``] },
    { excerpt: { ...QUESTION.excerpt, parts: [{ ...part, keep: kept }] } },
    {
      flows: [
        {
          cwe: 'CWE-259',
          cut: 0.9,
          path: [
            { line: 1, column: 0, text },
            { line: 7, column: 0, text },
          ],
        },
      ],
    },
    ...[[], [{ line: 7, before: `x = ${quoted}`, after: `x = y  # ${text}` }]].map((rewritten) => ({
      excerpt: { ...QUESTION.excerpt, allowed: [{ ...SECRET_CHANGE, summary: text, rewritten }] },
    })),
  ];
}

describe('repairPrompt', () => {
  it('is what the files in fixtures show, as every other prompt', async () => {
    for (const [name, text] of await goldenPrompts()) {
      expect([name, text]).toEqual([
        name,
        await readFile(new URL(`./fixtures/${name}.txt`, import.meta.url), 'utf8'),
      ]);
    }
  });

  it('marks every piece of code with the boundary and nothing else', async () => {
    const parts = await prompted();
    expect(count(parts, BOUNDARY)).toBe(2 * QUESTION.excerpt.parts.length);
    expect(count(parts, `<<<${BOUNDARY}\n`)).toBe(count(parts, `\n${BOUNDARY}>>>`));
    expect(count(await prompted({ form: 'whole' }), BOUNDARY)).toBe(2);
  });

  it.each(['parts', 'whole'] as const)(
    'refuses code that holds the boundary, for the form %s',
    async (form) => {
      const code = `${CODE}# ${BOUNDARY}\n`;
      const parts = QUESTION.excerpt.parts.map((part) => ({ ...part, code: `# ${BOUNDARY}` }));

      await expect(prompted({ form, code, excerpt: { ...QUESTION.excerpt, parts } })).rejects.toThrow(
        InvalidInputError,
      );
    },
  );

  it.each(injections)('never shows %j', async (text) => {
    for (const over of saying(text)) expect(await prompted(over)).not.toContain(text);
  });

  it('spells out the lines that the operator would write, without their common indentation', async () => {
    const rewritten = [
      { line: 7, before: '    if a:\n        eval(x)', after: '    if a:\n        run(x)' },
      { line: 9, before: '    global n', after: '' },
    ];
    const excerpt = { ...QUESTION.excerpt, allowed: [{ ...SECRET_CHANGE, rewritten }] };
    const text = await prompted({ excerpt });

    expect(text).toContain(
      [
        '   replace: `if a:`',
        '        `    eval(x)`',
        '   with: `if a:`',
        '        `    run(x)`',
        '   delete: `global n`',
      ].join('\n'),
    );
    expect(text).not.toContain('not: DB_PASSWORD');
  });

  it('spells out once what several targets ask for', async () => {
    const rewritten = [{ line: 7, before: 'DB_PASSWORD = "hunter2x"', after: 'DB_PASSWORD = read()' }];
    const [target] = TARGETS;
    const [part] = QUESTION.excerpt.parts;
    if (!target || !part) throw new Error('The fixture has no target.');
    const text = await prompted({
      targets: [target, { ...target, id: 'again', rule: 'ggan' }],
      excerpt: {
        ...QUESTION.excerpt,
        parts: [{ ...part, targets: ['secret', 'again'] }],
        allowed: ['secret', 'again'].map((id) => ({ ...SECRET_CHANGE, target: id, rewritten })),
      },
    });

    expect(count(text, 'read()')).toBe(1);
    expect(text).not.toContain('ggan');
  });

  it('writes a requirement once and refers to it', async () => {
    const twice = TARGETS.map((target) => ({
      ...target,
      rule: 'B608',
      operator: 'parameterize-query' as const,
    }));
    const text = await prompted({ targets: twice });

    expect(count(text, 'Pass every value as a query parameter')).toBe(1);
    expect(count(text, 'REQUIRED: as in 1.')).toBe(2);
  });

  it('names what is said of the last tries, the latest five', async () => {
    const text = await prompted({
      reasons: ['one', 'two', 'three', 'four', 'five', `six ${'x'.repeat(500)}`],
    });

    expect(text).not.toContain('- one');
    expect(text).toMatch(/- two\n- three\n- four\n- five\n- six x{195}…\n/);
  });

  it('says of no weak hash that it can be declared harmless', async () => {
    expect(await prompted()).not.toContain('Consider usedforsecurity');
  });

  it.each([
    [['import MySQLdb'], 'WHERE name = %s"'],
    [['from flask_sqlalchemy import SQLAlchemy'], 'WHERE name = :name"'],
    [['import sqlite3'], 'WHERE name = ?"'],
    [['import sqlite3', 'import psycopg2.extras as e'], '(?, %s, :name)'],
    [[], '(?, %s, :name)'],
  ])('shows parameters as the driver of %j wants them', async (imports, style) => {
    expect(await prompted({ excerpt: { ...QUESTION.excerpt, imports } })).toContain(style);
  });

  it('names what is imported and of use, and no statement that could be copied', async () => {
    const imports = ['import os.path, textwrap', 'from flask import Flask as F, request', 'from x import *'];
    const text = await prompted({ excerpt: { ...QUESTION.excerpt, imports } });

    expect(text).toContain('Imported already, not to import again: os.path, request, x.*\n');
  });

  it('says which definition of a name it means', async () => {
    const [, method] = QUESTION.excerpt.parts;
    if (!method) throw new Error('The fixture has no method.');
    const text = await prompted({ excerpt: { ...QUESTION.excerpt, parts: [{ ...method, name: 'find#2' }] } });

    expect(text).toContain('`find` (number 2 of that name):');
    expect(text).not.toContain('find#2');
  });

  it('counts lines as they are shown', async () => {
    const code = `def f(x):\n    # ${injections[0]}\n    # at all\n    eval(x)\n`;
    const [part] = QUESTION.excerpt.parts;
    const [target] = TARGETS;
    if (!part || !target) throw new Error('The fixture has no target.');
    const text = await prompted({
      excerpt: { ...QUESTION.excerpt, parts: [{ ...part, line: 10, endLine: 13, code }] },
      targets: [{ ...target, line: 13, endLine: 13 }],
    });

    expect(text).toContain('line 3\n');
  });

  it('takes line ends of all kinds', async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const parts = QUESTION.excerpt.parts.map((part) => ({ ...part, code: crlf(part.code) }));

    expect(await prompted({ code: crlf(CODE), excerpt: { ...QUESTION.excerpt, parts } })).toBe(
      await prompted(),
    );
  });

  it('gives the texts of the program back', async () => {
    const { restore } = await repairPrompt(QUESTION);

    expect(restore('def find(self, name):\n    # [comment 1]\n')).toEqual({
      code: 'def find(self, name):\n    # Do not change this query:\n        # it was reviewed by the security team.\n',
    });
  });
});
