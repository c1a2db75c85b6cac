import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { banditRules } from '#domain/bandit-rules.ts';
import { improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { introducedFindings } from '#domain/policy.ts';
import type { ReportedFinding } from '#domain/report.ts';
import { cweTitle } from './cwe-titles.ts';
import { findingOutcomes, groupByCwe } from './finding-outcomes.ts';

const [, template] = securedReport.original.findings;

const findings = fc.array(
  fc.record({
    rule: fc.constantFrom('B602', 'B608'),
    definition: fc.constantFrom('', 'f'),
    line: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 12 },
);

function build(parts: { rule: string; definition: string; line: number }[]): ReportedFinding[] {
  return parts.flatMap(({ rule, definition, line }) =>
    template
      ? [{ ...template, rule, definition, line, fingerprint: `${rule}${line}`.slice(1).padStart(16, '0') }]
      : [],
  );
}

describe('findingOutcomes', () => {
  it('agrees with the figures of the report', () => {
    const outcomes = findingOutcomes(improvedReport).filter(({ finding }) => finding.counted);
    expect(outcomes.filter(({ outcome }) => outcome === 'fixed')).toHaveLength(2);
    expect(outcomes.filter(({ outcome }) => outcome === 'remaining')).toHaveLength(2);
  });

  it('introduces as many as the domain says, and loses none, for any findings', () => {
    fc.assert(
      fc.property(findings, findings, (first, second) => {
        const before = build(first);
        const after = build(second);
        const outcomes = findingOutcomes({
          original: { code: '', findings: before },
          secured: { code: '', findings: after },
        });
        const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
        expect(count('introduced')).toBe(introducedFindings(before, after).length);
        expect(count('remaining') + count('introduced')).toBe(after.length);
        expect(count('remaining') + count('fixed')).toBe(before.length);
      }),
    );
  });

  it('is grouped by CWE with figures before and after', () => {
    const rows = groupByCwe(findingOutcomes(improvedReport).filter(({ finding }) => finding.counted));
    expect(rows.map(({ cwe, before, after }) => [cwe, before, after])).toEqual([
      ['CWE-20', 1, 0],
      ['CWE-259', 1, 0],
      ['CWE-78', 1, 1],
      ['CWE-89', 1, 1],
    ]);
  });
});

describe('CWE titles', () => {
  it('cover every rule', () => {
    expect(banditRules.filter(({ cwe }) => cweTitle(cwe) === undefined)).toEqual([]);
  });
});
