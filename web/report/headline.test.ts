import { describe, expect, it } from '@jest/globals';
import { repairedReport } from '#domain/fixtures/repairs.ts';
import { failedReport, hostileReport, improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { headline, whatWasChecked } from './headline.ts';

describe('the head of a report', () => {
  it.each([
    [securedReport, '4 → 0 counted findings · 4 edits · 143 ms · no model called'],
    [improvedReport, '4 → 2 counted findings · 2 edits · 143 ms · no model called'],
    [failedReport, 'counted findings unknown · nothing changed · 143 ms · no model called'],
    [
      { ...securedReport, modelCalls: 2, costUsd: null },
      '4 → 0 counted findings · 4 edits · 143 ms · 2 model calls, cost unknown',
    ],
  ])('has the figures that carry the verdict', (report, figures) => {
    expect(headline(report).figures).toBe(figures);
  });

  it('says the verdict and why in one sentence', () => {
    expect(headline(securedReport).sentence).toMatch(
      /^Secured: 4 of 4 counted findings fixed, none introduced/,
    );
    expect(headline(failedReport)).toMatchObject({
      tone: 'bad',
      sentence: expect.stringMatching(/^Failed: No analyzer/),
    });
  });

  it('tells what a model wrote', () => {
    expect(headline(repairedReport).figures).toMatch(/\d pieces? rewritten by a model/);
  });

  it('writes out what is invisible in the reason', () => {
    expect(headline(hostileReport).sentence).toContain('<U+202E>');
  });
});

describe('what was checked', () => {
  it('names the analyzer with its version, and what has no rule', () => {
    const { checked, notChecked } = whatWasChecked(securedReport);

    expect(checked).toEqual(["All rules of bandit 1.9.4, counted under the policy 'practical'"]);
    expect(notChecked.join(' ')).toMatch(/missing authorization/);
  });

  it('counts an analyzer that could not read among what was not checked', () => {
    const { checked, notChecked } = whatWasChecked(failedReport);

    expect(checked).toEqual([]);
    expect(notChecked[0]).toMatch(/What bandit would find: line 3/);
  });

  it('says so where the graph network was asked and cannot tell', () => {
    const report = {
      ...securedReport,
      settings: { ...securedReport.settings, ggan: true },
      unassessed: 'too large',
    };

    expect(whatWasChecked(report).notChecked.at(-1)).toBe(
      'The graph network says nothing of this code: too large',
    );
  });
});
