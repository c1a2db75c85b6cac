import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OperatorNameSchema } from '#domain/operators.ts';
import { ProposalSchema, RiskMapSchema } from '#domain/risk.ts';
import { createRiskModel } from './onnx-risk-model.ts';

const model = createRiskModel(fileURLToPath(new URL('../../../../models/ggan', import.meta.url)));

const WEAK = [
  'import sqlite3',
  '',
  '',
  'def find(connection, name):',
  '    query = "SELECT id FROM users WHERE name = \'%s\'" % name',
  '    return connection.execute(query).fetchall()',
  '',
].join('\n');
const FIXED = WEAK.replace("'%s'\" % name", '?"').replace('execute(query)', 'execute(query, (name,))');

async function assessed(code: string) {
  const assessment = await model.assess(code);
  if ('unassessed' in assessment) throw new Error(assessment.unassessed);
  return assessment;
}

describe('the gGAN', () => {
  it('calls a query that is put together riskier than the same with parameters', async () => {
    const [weak, fixed] = [await assessed(WEAK), await assessed(FIXED)];

    expect(weak.map.risk).toBeGreaterThan(fixed.map.risk);
    const worst = weak.map.lines.toSorted((a, b) => b.risk - a.risk)[0];
    expect([5, 6]).toContain(worst?.line);
  });

  it('says something of every line in which code begins, and of no other', async () => {
    const { map } = await assessed(`# a comment\n${WEAK}`);

    expect(map.lines.map(({ line }) => line)).toEqual([2, 5, 6, 7]);
  });

  it('says the same of the same code, whatever was asked before', async () => {
    const first = await assessed(WEAK);
    await Promise.all([assessed(FIXED), assessed('x = 1\n')]);

    expect(await assessed(WEAK)).toEqual(first);
  });

  it('names a flow by what it ends in, not by the name on the way', async () => {
    const page = [
      'from flask import Flask, request',
      '',
      'app = Flask(__name__)',
      '',
      '',
      '@app.get("/card")',
      'def card():',
      '    name = request.args["name"]',
      '    return f"<div><b>{name}</b></div>"',
      '',
    ].join('\n');

    const { map } = await assessed(page);

    expect(map.flows.map(({ cwe, path }) => [cwe, path.at(0)?.line, path.at(-1)?.line])).toEqual([
      ['CWE-79', 8, 9],
    ]);
  });

  it('counts lines and columns as the analyzers do', async () => {
    const shifted = `\uFEFF# 😀\r\n${WEAK.replaceAll('\n', '\r\n')}`;
    const [plain, other] = [await assessed(WEAK), await assessed(shifted)];

    const oneDown = ({ line, ...rest }: { line: number }) => ({ ...rest, line: line + 1 });
    expect(other.map.lines).toEqual(plain.map.lines.map(oneDown));
    expect(other.proposals).toEqual(
      plain.proposals.map((each) => ({ ...oneDown(each), endLine: each.endLine + 1 })),
    );
  });

  it('assesses a long program part by part, and each part as risky as it is', async () => {
    const clean = Array.from({ length: 400 }, (_, n) => `def f${n}(a, b):\n    return a + b * ${n}\n`).join(
      '\n',
    );
    const { map } = await assessed(`${clean}\n\n${WEAK}`);

    expect(map.lines).toHaveLength(804);
    expect(map.lines.map(({ line }) => line)).toEqual(
      map.lines.map(({ line }) => line).toSorted((a, b) => a - b),
    );
    const worst = map.lines.toSorted((a, b) => b.risk - a.risk)[0];
    expect(worst?.line).toBeGreaterThan(1200);
  });

  it.each([
    ['nothing', ''],
    ['half of a program', WEAK.slice(0, 95)],
    ['the body of a function', 'return os.system(name)\n'],
    ['Python 2', "print 'hello %s' % name\n"],
    ['a NUL byte', 'x = 1\0\n'],
    ['one very long line', `x = "${'a'.repeat(200_000)}"\n`],
  ])('assesses %s', async (_what, code) => {
    expect((await assessed(code)).map.risk).toBeGreaterThanOrEqual(0);
  });

  it('says why it says nothing of code that is too much for a graph', async () => {
    const deep = `f(${'-'.repeat(150_000)}1)\n`;

    expect(await model.assess(deep)).toEqual({ unassessed: expect.stringMatching(/^The code .*\.$/) });
  });

  it('answers whatever text it is given in the agreed form', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'def f(x):',
        '\n',
        '    ',
        'eval(',
        ')',
        'x',
        ' = ',
        '"',
        '%s',
        'import os\n',
        'if x:\n',
        '😀',
      ),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const { map, proposals } = await assessed(pieces.join(''));
        expect(RiskMapSchema.parse(map)).toEqual(map);
        for (const each of proposals) {
          expect(ProposalSchema.parse(each)).toEqual(each);
          expect(each.risk).toBeGreaterThanOrEqual(map.threshold);
          expect(OperatorNameSchema.options).toContain(each.operator);
        }
      }),
      { numRuns: 60 },
    );
  });
});
