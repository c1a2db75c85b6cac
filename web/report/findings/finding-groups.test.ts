import { describe, expect, it } from '@jest/globals';
import { hostileReport, improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { assessedReport } from '#domain/fixtures/risks.ts';
import type { Report } from '#domain/report.ts';
import { lineChanges } from '../changes/line-changes.ts';
import { findingGroups, rowsInOrder } from './finding-groups.ts';

const groupsOf = (report: Report) =>
  findingGroups(report, lineChanges(report.original.code, report.secured.code));
const rowOf = (report: Report, rule: string) =>
  rowsInOrder(groupsOf(report)).find(({ finding }) => finding.rule === rule);

describe('the findings by weakness', () => {
  it('hold every finding once, the informational ones apart', () => {
    const groups = groupsOf(securedReport);

    expect(groups.counted.map(({ cwe, before, after }) => [cwe, before, after])).toEqual([
      ['CWE-20', 1, 0],
      ['CWE-259', 1, 0],
      ['CWE-78', 1, 0],
      ['CWE-89', 1, 0],
    ]);
    expect(groups.informational.flatMap(({ rows }) => rows.map(({ finding }) => finding.rule))).toEqual([
      'B404',
    ]);
  });

  it('give every row a name of its own', () => {
    const twice = {
      ...securedReport.original,
      findings: [...securedReport.original.findings, ...securedReport.original.findings],
    };

    const keys = rowsInOrder(groupsOf({ ...securedReport, original: twice })).map(({ key }) => key);

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('show a fixed finding beside the lines that took its place', () => {
    const row = rowOf(securedReport, 'B506');

    expect(row).toMatchObject({ outcome: 'fixed', ruleName: 'yaml load' });
    expect(row?.original?.text).toMatch(/yaml\.load\(/);
    expect(row?.secured?.text).toMatch(/yaml\.safe_load\(/);
  });

  it('show a finding that is left at its line in both programs', () => {
    const row = rowOf(improvedReport, 'B602');

    expect(row?.outcome).toBe('remaining');
    expect(row?.original?.text).toContain('shell=True');
    expect(row?.secured?.text).toContain('shell=True');
  });

  it('name the edits by the fingerprint in their id', () => {
    const [edit] = securedReport.edits;
    const query = securedReport.original.findings.find(({ rule }) => rule === 'B608');
    if (!edit || !query) throw new Error('the fixture has lost its edit');
    const report = { ...securedReport, edits: [{ ...edit, id: `parameterize-query:${query.fingerprint}` }] };

    expect(rowOf(report, 'B608')?.edits).toHaveLength(1);
    expect(rowOf(report, 'B602')?.edits).toHaveLength(0);
  });

  it('have the ways of values that end in them', () => {
    expect(rowOf(assessedReport, 'B608')?.flows.length).toBeGreaterThan(0);
    expect(rowOf(assessedReport, 'B105')?.flows).toEqual([]);
  });

  it('are made of any code', () => {
    expect(rowsInOrder(groupsOf(hostileReport))).toHaveLength(1);
  });
});
