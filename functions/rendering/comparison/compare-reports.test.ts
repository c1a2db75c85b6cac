import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompareOutputSchema } from '#domain/compare-output.ts';
import { repairedReport } from '#domain/fixtures/repairs.ts';
import {
  failedReport,
  HOSTILE,
  hostileReport,
  improvedReport,
  securedReport,
} from '#domain/fixtures/reports.ts';
import type { Report } from '#domain/report.ts';
import { compareReports } from './compare-reports.ts';
import { renderComparisonMarkdown, renderComparisonText } from './render-comparison.ts';

const ran: Report = {
  ...securedReport,
  gates: { ...securedReport.gates, behavior: { ...securedReport.gates.behavior, light: 'pass' } },
};

function compared(reports: Record<string, Report>) {
  const named = Object.entries(reports).map(([name, report]) => ({ name, report }));
  return compareReports('practical', [{ path: 'app.py', reports: named }]);
}

function bestIn(reports: Record<string, Report>): string | undefined {
  return compared(reports).files[0]?.runs.find(({ isBest }) => isBest)?.name;
}

describe('compareReports', () => {
  it('holds what each way came to', () => {
    const output = compared({ rules: improvedReport, hybrid: repairedReport });
    expect(CompareOutputSchema.parse(JSON.parse(JSON.stringify(output)))).toEqual(output);
    expect(output.files[0]?.runs).toMatchObject([
      {
        name: 'rules',
        verdict: 'improved',
        bySeverity: { before: { high: 1, medium: 2, low: 1 }, after: { high: 1, medium: 1, low: 0 } },
        securedAndKept: false,
        linesChanged: 4,
        models: [],
        isBest: false,
      },
      {
        name: 'hybrid',
        securedAndKept: true,
        linesChanged: 8,
        modelCalls: 2,
        costUsd: null,
        models: ['qwen2.5-coder:7b'],
        isBest: true,
      },
    ]);
  });

  it.each<[string, Record<string, Report>, string]>([
    ['secured and kept before cheap', { cheap: improvedReport, dear: repairedReport }, 'dear'],
    ['what was run before what was not', { unrun: securedReport, ran: repairedReport }, 'ran'],
    ['a known price before an unknown one', { unknown: repairedReport, free: ran }, 'free'],
    ['the cheaper one', { dear: { ...ran, costUsd: 0.02 }, cheap: { ...ran, costUsd: 0.01 } }, 'cheap'],
    [
      'fewer findings where none is secured',
      { failed: { ...failedReport, secured: improvedReport.original }, improved: improvedReport },
      'improved',
    ],
    ['the first of equals', { first: ran, second: ran }, 'first'],
    [
      'nothing whose behavior differs',
      {
        differs: { ...ran, gates: { ...ran.gates, behavior: { ...ran.gates.behavior, light: 'fail' } } },
        same: repairedReport,
      },
      'same',
    ],
  ])('takes for the best %s', (_rule, reports, best) => {
    expect(bestIn(reports)).toBe(best);
  });

  it('marks exactly one row, whatever the order', () => {
    const all = { a: improvedReport, b: repairedReport, c: securedReport, d: failedReport, e: ran };
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(all), { minLength: 1 }), (entries) => {
        const runs = compared(Object.fromEntries(entries)).files[0]?.runs ?? [];
        expect(runs.filter(({ isBest }) => isBest)).toHaveLength(1);
        if (entries.some(([name]) => name === 'e')) expect(runs.find(({ isBest }) => isBest)?.name).toBe('e');
      }),
    );
  });

  it('sums over files; a way that did not come to all of them is not the best', () => {
    const output = compareReports('practical', [
      {
        path: 'a.py',
        reports: [
          { name: 'rules', report: improvedReport },
          { name: 'hybrid', report: ran },
        ],
      },
      { path: 'b.py', reports: [{ name: 'rules', report: securedReport }] },
    ]);
    expect(output.sums).toMatchObject([
      { name: 'rules', files: 2, securedAndKept: 1, linesChanged: 12, isBest: true },
      { name: 'hybrid', files: 1, securedAndKept: 1, isBest: false },
    ]);
  });
});

describe('renderings of a comparison', () => {
  const output = compareReports('practical', [
    {
      path: 'a.py',
      reports: [
        { name: 'rules', report: improvedReport },
        { name: 'hybrid', report: repairedReport },
      ],
    },
    {
      path: 'b.py',
      reports: [
        { name: 'rules', report: securedReport },
        { name: 'hybrid', report: repairedReport },
      ],
    },
  ]);

  it('have a table for each file and a sum, with the best marked', () => {
    const text = renderComparisonText(output, { color: false });
    expect(text).toMatch(/^a\.py\n/);
    expect(text).toMatch(
      /hybrid +★ best +✓ Secured +✓✓✓✓✓– +pass +1 \/ 2 \/ 1 → 0 \/ 0 \/ 0 +8 +2 +1,234 \/ 567 \(est\.\) +unknown +9\.4 s/,
    );
    expect(text).toMatch(/rules +◐ Improved +✓✗✓✓–– +not run/);
    expect(text).toContain('rules: 2 of 4 counted findings fixed');
    expect(text).toMatch(
      /2 files together, policy practical\n.*\n.*rules +1 of 2 .*\nhybrid +★ best +2 of 2 /,
    );
    expect(text).toContain('secured and kept first, then the fewest counted findings, then the cheapest');
  });

  it('are tables of equal rows as Markdown', () => {
    const rows = renderComparisonMarkdown(output)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(12);
    const widths = rows.map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(widths.slice(0, 8)).size).toBe(1);
    expect(rows[3]).toContain('★ best');
  });

  it('write hostile names out', () => {
    const hostile = compareReports('practical', [
      { path: HOSTILE, reports: [{ name: HOSTILE, report: hostileReport }] },
    ]);
    for (const text of [renderComparisonText(hostile, { color: false }), renderComparisonMarkdown(hostile)]) {
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    expect(renderComparisonMarkdown(hostile)).not.toMatch(/(?<!\\)[<>`]/);
  });
});
