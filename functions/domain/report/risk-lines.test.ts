import { describe, expect, it } from '@jest/globals';
import { hostileRisk, userServiceRisk } from '#domain/fixtures/risks.ts';
import { OperatorNameSchema } from '#domain/operators.ts';
import { RiskMapSchema } from '#domain/risk.ts';
import { operatorWords } from './operator-words.ts';
import { codeLines, flaggedLines, formatRisk, riskiestLine, riskLevel } from './risk-lines.ts';

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

it('counts lines as Python does', () => {
  expect(codeLines('a\r\nb\rc\n')).toEqual(['a', 'b', 'c', '']);
});

it.each(OperatorNameSchema.options)('%s has words of its own', (operator) => {
  expect(operatorWords(operator)).not.toBe(operator.replaceAll('-', ' '));
});
