import { describe, expect, it } from '@jest/globals';
import { repairedReport } from '#domain/fixtures/repairs.ts';
import { improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import type { Report } from '#domain/report.ts';
import { countsBy, countsByCwe, timeByStep, tokensByStep } from './chart-figures.ts';

const sum = (rows: readonly { before: number; after: number }[]) => [
  rows.reduce((total, { before }) => total + before, 0),
  rows.reduce((total, { after }) => total + after, 0),
];

describe('the figures of the charts', () => {
  it.each([securedReport, improvedReport])('add up to the report’s', (report: Report) => {
    const wanted = [report.findings.before, report.findings.after];

    expect(sum(countsBy(report, 'severity'))).toEqual(wanted);
    expect(sum(countsBy(report, 'confidence'))).toEqual(wanted);
    expect(sum(countsByCwe(report))).toEqual(wanted);
  });

  it('leave out what does not count', () => {
    expect(countsBy(securedReport, 'severity')).toEqual([
      { name: 'high', before: 1, after: 0 },
      { name: 'medium', before: 2, after: 0 },
      { name: 'low', before: 1, after: 0 },
    ]);
  });

  it('sum up what would make the chart unreadable, and lose nothing of it', () => {
    const [finding] = securedReport.original.findings.filter(({ counted }) => counted);
    if (!finding) throw new Error('the fixture has lost its findings');
    const findings = Array.from({ length: 30 }, (_, n) => ({
      ...finding,
      cwe: `CWE-${n + 1}`,
      definition: `f${n}`,
    }));

    const rows = countsByCwe({
      ...securedReport,
      original: { code: '', findings },
      secured: { code: '', findings: [] },
    });

    expect(rows).toHaveLength(12);
    expect(rows.at(-1)).toEqual({ name: 'others', before: 19, after: 0, title: '19 weaknesses' });
  });

  it('have the tokens of each step that called a model', () => {
    expect(tokensByStep(repairedReport)).toEqual([{ name: 'repair', prompt: 1234, completion: 567 }]);
    expect(tokensByStep(securedReport)).toEqual([]);
  });

  it('give each step its share of the time', () => {
    const steps = timeByStep(securedReport);

    expect(steps.map(({ name }) => name)).toContain('apply edits');
    expect(steps.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 1);
    expect(
      timeByStep({ ...securedReport, ms: { ...securedReport.ms, total: 0, analyze: 5 } })[0]?.share,
    ).toBe(0);
  });
});
