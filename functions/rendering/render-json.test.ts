import { describe, expect, it } from '@jest/globals';
import { failedReport, hostileReport, improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { assessedReport, hardenedReport } from '#domain/fixtures/risks.ts';
import { HardenOutputSchema } from '#domain/harden-output.ts';
import { ReportSchema } from '#domain/report.ts';
import { formatJson, hardenedFile, hardenOutput } from './render-json.ts';
import { renderHardenTable } from './render-table.ts';

const reports = [securedReport, improvedReport];

describe('harden output', () => {
  it('is the agreed document, without code', () => {
    const output = hardenOutput(securedReport.settings, [...reports, failedReport].map(hardenedFile));
    expect(HardenOutputSchema.parse(JSON.parse(formatJson(output)))).toEqual(output);
    expect(Object.keys(output)).toEqual(['mechanism', 'models', 'policy', 'analyzers', 'files', 'totals']);
    expect(Object.keys(output.files[0] ?? {})).toEqual([
      'path',
      'runId',
      'verdict',
      'reason',
      'gates',
      'findings',
      'edits',
      'repairs',
      'environment',
      'iterations',
      'modelCalls',
      'tokens',
      'costUsd',
      'ms',
    ]);
    expect(formatJson(output)).not.toContain('SELECT');
  });

  it('holds lights as words, edits without prose and names of variables', () => {
    const file = hardenedFile(securedReport);
    expect(file.gates).toEqual({
      parses: 'pass',
      secure: 'pass',
      surface: 'pass',
      honest: 'pass',
      behavior: 'not-run',
      tests: 'not-run',
    });
    expect(file.edits[0]).toEqual({
      operator: 'secret-from-env',
      line: 9,
      cwe: 'CWE-259',
      source: 'analyzer',
    });
    expect(file.environment).toEqual(['DB_PASSWORD']);
  });

  it('says nothing of risks, which the report tells', () => {
    expect(hardenedFile(assessedReport)).toEqual(hardenedFile(securedReport));
    expect(ReportSchema.parse(JSON.parse(formatJson(assessedReport)))).toEqual(assessedReport);
  });

  it('sums up', () => {
    const { totals } = hardenOutput(securedReport.settings, reports.map(hardenedFile));
    expect(totals.files).toBe(2);
    expect(totals.byVerdict).toEqual({
      'already-secure': 0,
      secured: 1,
      hardened: 0,
      improved: 1,
      unchanged: 0,
      failed: 0,
    });
    expect(totals.findings).toEqual({
      before: 8,
      after: 2,
      fixed: 6,
      remaining: 2,
      introduced: 0,
      informational: 2,
    });
    expect(totals.ms.total).toBeCloseTo(285.4);
    expect(totals.costUsd).toBe(0);
  });

  it('knows no cost as soon as one is unknown', () => {
    const { totals } = hardenOutput(securedReport.settings, [failedReport, securedReport].map(hardenedFile));
    expect(totals.costUsd).toBeNull();
  });

  it('is made from reports as they are stored', () => {
    for (const report of [...reports, failedReport, hostileReport]) ReportSchema.parse(report);
  });
});

describe('the table of hardened files', () => {
  const files = [...reports, failedReport].map(hardenedFile);
  const { totals } = hardenOutput(securedReport.settings, files);
  const table = renderHardenTable(files, totals, { color: false });

  it('has a line per file and says why one is not done', () => {
    expect(table).toMatch(/✓ Secured +4 → 0 +143 ms {2}examples\/user_service\.py\n/);
    expect(table).toMatch(/◐ Improved +4 → 2 .*\n +2 of 4 counted findings fixed/);
    expect(table).toMatch(/✗ Failed +unknown /);
    expect(table).toContain('3 files: 1 secured, 1 improved, 1 failed');
    expect(table).toContain('cost unknown');
  });

  it('says what was changed though no finding asked for it', () => {
    const hardened = [hardenedFile(hardenedReport)];
    const output = hardenOutput(hardenedReport.settings, hardened);
    expect(renderHardenTable(hardened, output.totals, { color: false })).toMatch(
      /✓ Hardened +0 → 0 .*\n +at the graph network's word: autoescape in line 2\n/,
    );
    expect(table).not.toContain('graph network');
  });

  it('writes hostile names out', () => {
    const hostile = [hardenedFile(hostileReport)];
    const output = hardenOutput(securedReport.settings, hostile);
    expect(renderHardenTable(hostile, output.totals, { color: false })).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});
