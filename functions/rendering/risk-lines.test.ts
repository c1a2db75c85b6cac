import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OperatorNameSchema } from '#domain/operators.ts';
import { RiskMapSchema } from '#domain/risk.ts';
import { improvedReport, securedReport } from './fixtures/reports.ts';
import { hostileRisk, userServiceRisk } from './fixtures/risks.ts';
import { operatorWords } from './operator-words.ts';
import { codeLines, flaggedLines, formatRisk, lineFates, riskiestLine, riskLevel } from './risk-lines.ts';

describe('flagged lines', () => {
  it('reach the threshold and come with the riskiest first', () => {
    expect(flaggedLines(userServiceRisk).map(({ line }) => line)).toEqual([27, 15, 31]);
    expect(flaggedLines({ ...userServiceRisk, threshold: 0.8126 }).map(({ line }) => line)).toEqual([27, 15]);
    expect(flaggedLines({ ...userServiceRisk, threshold: 1 })).toEqual([]);
  });

  it('are compared with the riskiest of all lines', () => {
    expect(riskiestLine(userServiceRisk)?.line).toBe(27);
    expect(riskiestLine({ ...userServiceRisk, lines: [] })).toBeUndefined();
  });

  it('are made from maps as they are stored', () => {
    for (const risk of [userServiceRisk, hostileRisk]) expect(RiskMapSchema.parse(risk)).toEqual(risk);
  });
});

describe('the figure of a risk', () => {
  it.each([
    [0, '0.00'],
    [0.0004, '<0.01'],
    [0.005, '0.01'],
    [0.8125, '0.81'],
    [0.9949, '0.99'],
    [0.9951, '>0.99'],
    [1, '1.00'],
  ])('%d is written %s', (risk, text) => expect(formatRisk(risk)).toBe(text));

  it.each([
    [0.8, 3],
    [0.79, 2],
    [0.4, 2],
    [0.39, 1],
    [0.2, 1],
    [0.19, 0],
  ])('%d of 0.8 has the tint %d', (risk, level) => expect(riskLevel(risk, 0.8)).toBe(level));
});

describe('what became of a line', () => {
  it('is changed, by the operator that was tried there, with what was found', () => {
    const fate = lineFates(securedReport)(15);
    expect(fate).toMatchObject({ changed: true, operators: ['parameterize-query'], declined: [] });
    expect(fate.findings.map(({ rule }) => rule)).toEqual(['B608']);
    expect(lineFates(securedReport)(16)).toEqual({
      changed: false,
      operators: [],
      declined: [],
      findings: [],
    });
  });

  it('is declined with the reason', () => {
    const { changed, declined } = lineFates(improvedReport)(27);
    expect(changed).toBe(false);
    expect(declined).toEqual([expect.stringContaining("the command uses the shell's pipe")]);
  });

  it('is told by the finding where a later iteration counted other lines', () => {
    const [edit] = securedReport.edits.filter(({ operator }) => operator === 'parameterize-query');
    const [query] = securedReport.original.findings.filter(({ rule }) => rule === 'B608');
    if (!edit || !query) throw new Error('the fixture has lost its query');
    const moved = { ...edit, id: `parameterize-query:${query.fingerprint}`, line: 27 };
    const fateOf = lineFates({ ...securedReport, edits: [moved] });
    expect(fateOf(15).operators).toEqual(['parameterize-query']);
    expect(fateOf(27).operators).toEqual([]);
  });

  it('says nothing of an operator where the line is as it was', () => {
    const same = { ...securedReport, secured: securedReport.original };
    expect(lineFates(same)(15)).toMatchObject({ changed: false, operators: [] });
  });

  it('tells exactly the lines that are not in the result', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '-', '--- a/x', '+', ' ', '\\'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const code = (lines: string[]) => lines.map((line) => `${line}\n`).join('');
        const fateOf = lineFates({
          original: { code: code(before), findings: [] },
          secured: { code: code(after), findings: [] },
          edits: [],
          declined: [],
        });
        const kept = before.filter((_, index) => !fateOf(index + 1).changed);
        // What is kept stands in the result, in the same order.
        let from = 0;
        for (const line of kept) {
          const at = after.indexOf(line, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
        if (before.join('\n') === after.join('\n')) expect(kept).toEqual(before);
      }),
    );
  });
});

it('counts lines as Python does', () => {
  expect(codeLines('a\r\nb\rc\n')).toEqual(['a', 'b', 'c', '']);
  const fateOf = lineFates({
    original: { code: 'a\rb\rc\n', findings: [] },
    secured: { code: 'a\rB\rc\n', findings: [] },
    edits: [],
    declined: [],
  });
  expect([1, 2, 3].map((line) => fateOf(line).changed)).toEqual([false, true, false]);
});

it.each(OperatorNameSchema.options)('%s has words of its own', (operator) => {
  expect(operatorWords(operator)).not.toBe(operator.replaceAll('-', ' '));
});
