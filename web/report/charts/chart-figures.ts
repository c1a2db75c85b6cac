import { type Confidence, ConfidenceSchema, type Severity, SeveritySchema } from '#domain/finding.ts';
import { cweTitle } from '#domain/report/cwe-titles.ts';
import { findingOutcomes, groupByCwe } from '#domain/report/finding-outcomes.ts';
import { stepTimes } from '#domain/report/wording.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';

/** Counted findings before and after, under one name. */
export type BeforeAfter = { name: string; before: number; after: number };

/** Counted findings by severity or by confidence, the highest first. */
export function countsBy(report: Report, key: 'severity' | 'confidence'): BeforeAfter[] {
  const levels: readonly (Severity | Confidence)[] =
    key === 'severity' ? SeveritySchema.options : ConfidenceSchema.options;
  const count = (findings: readonly ReportedFinding[], level: string) =>
    findings.filter((finding) => finding.counted && finding[key] === level).length;
  return levels.map((level) => ({
    name: level,
    before: count(report.original.findings, level),
    after: count(report.secured.findings, level),
  }));
}

/** More weaknesses are summed up as one, so that the chart stays readable. */
const MOST_CWES = 12;

/** Counted findings by weakness, the most first. */
export function countsByCwe(report: Report): (BeforeAfter & { title: string })[] {
  const rows = groupByCwe(findingOutcomes(report).filter(({ finding }) => finding.counted)).map(
    ({ cwe, before, after }) => ({
      name: cwe,
      before,
      after,
      title: cwe.startsWith('CWE-') ? (cweTitle(cwe) ?? '') : '',
    }),
  );
  if (rows.length <= MOST_CWES) return rows;
  const rest = rows.slice(MOST_CWES - 1);
  const sum = (side: 'before' | 'after') => rest.reduce((total, row) => total + row[side], 0);
  return [
    ...rows.slice(0, MOST_CWES - 1),
    { name: 'others', before: sum('before'), after: sum('after'), title: `${rest.length} weaknesses` },
  ];
}

/** Where the time went, step by step, and how much of it a model took. */
export function timeByStep({ ms }: Report): { name: string; ms: number; share: number }[] {
  return stepTimes(ms).map(({ step, ms: time }) => ({
    name: step,
    ms: Math.round(time * 10) / 10,
    share: ms.total > 0 ? time / ms.total : 0,
  }));
}

/** Tokens of each step that called a model. */
export function tokensByStep({ modelSteps }: Report): { name: string; prompt: number; completion: number }[] {
  return modelSteps.map(({ step, tokens: { prompt, completion } }) => ({
    name: step.toLowerCase(),
    prompt,
    completion,
  }));
}
