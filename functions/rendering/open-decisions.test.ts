import { describe, expect, it } from '@jest/globals';
import { improvedReport } from '#domain/fixtures/reports.ts';
import { openDecisions } from '#domain/report/open-decisions.ts';
import { decisionFor } from '#domain/rule-decisions.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const [left] = improvedReport.secured.findings;
const reason = decisionFor('B302') ?? '';

function reportWithMarshal({ counted }: { counted: boolean }) {
  const finding = left && { ...left, rule: 'B302', line: 3, counted };
  return { ...improvedReport, secured: { ...improvedReport.secured, findings: finding ? [finding] : [] } };
}

describe('openDecisions', () => {
  it('names the counted findings that no operator rewrites, after the declined edits', () => {
    const decisions = openDecisions(reportWithMarshal({ counted: true }));

    expect(decisions).toHaveLength(improvedReport.declined.length + 1);
    expect(decisions.at(-1)).toEqual({ line: 3, about: 'B302', reason });
  });

  it('is silent about findings that do not count', () => {
    expect(openDecisions(reportWithMarshal({ counted: false }))).toHaveLength(improvedReport.declined.length);
  });

  it('is shown in the terminal and on the page', () => {
    const report = reportWithMarshal({ counted: true });

    expect(renderText(report, { color: false })).toContain(`line 3  B302: ${reason}`);
    expect(String(renderHtml(report))).toContain(reason);
  });
});
