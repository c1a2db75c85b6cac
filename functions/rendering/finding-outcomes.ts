import type { Report, ReportedFinding } from '#domain/report.ts';

/** What became of a finding: gone, still there, or only there now. */
export type Outcome = 'fixed' | 'remaining' | 'introduced';

export type FindingOutcome = { finding: ReportedFinding; outcome: Outcome };

/**
 * Every finding before and after, each once. A finding remains when the result has one of the same rule in
 * the same definition: first the one with the same fingerprint, then any, as lines move under an edit.
 * A remaining finding is the one of the result, with its line there.
 */
export function findingOutcomes({
  original,
  secured,
}: Pick<Report, 'original' | 'secured'>): FindingOutcome[] {
  const exact = pairOff(original.findings, secured.findings, (finding) =>
    JSON.stringify([placeOf(finding), finding.fingerprint]),
  );
  const near = pairOff(exact.onlyBefore, exact.onlyAfter, placeOf);
  return [
    ...near.onlyBefore.map((finding): FindingOutcome => ({ finding, outcome: 'fixed' })),
    ...[...exact.both, ...near.both].map((finding): FindingOutcome => ({ finding, outcome: 'remaining' })),
    ...near.onlyAfter.map((finding): FindingOutcome => ({ finding, outcome: 'introduced' })),
  ];
}

function placeOf({ counted, analyzer, rule, definition }: ReportedFinding): string {
  return JSON.stringify([counted, analyzer, rule, definition]);
}

function pairOff(
  before: readonly ReportedFinding[],
  after: readonly ReportedFinding[],
  keyOf: (finding: ReportedFinding) => string,
) {
  const waiting = new Map<string, ReportedFinding[]>();
  for (const finding of after) {
    const key = keyOf(finding);
    const queue = waiting.get(key);
    if (queue) queue.push(finding);
    else waiting.set(key, [finding]);
  }
  const both: ReportedFinding[] = [];
  const onlyBefore: ReportedFinding[] = [];
  for (const finding of before) {
    const partner = waiting.get(keyOf(finding))?.shift();
    if (partner) both.push(partner);
    else onlyBefore.push(finding);
  }
  return { both, onlyBefore, onlyAfter: [...waiting.values()].flat() };
}

/** Counted findings of one CWE before and after. */
export type CweRow = { cwe: string; before: number; after: number; outcomes: FindingOutcome[] };

/** The counted findings grouped by CWE, the most first. */
export function groupByCwe(outcomes: readonly FindingOutcome[]): CweRow[] {
  const rows = new Map<string, CweRow>();
  for (const entry of outcomes) {
    const cwe = entry.finding.cwe ?? 'no CWE';
    const row = rows.get(cwe) ?? { cwe, before: 0, after: 0, outcomes: [] };
    if (entry.outcome !== 'introduced') row.before += 1;
    if (entry.outcome !== 'fixed') row.after += 1;
    row.outcomes.push(entry);
    rows.set(cwe, row);
  }
  return [...rows.values()].sort((a, b) => b.before - a.before || a.cwe.localeCompare(b.cwe));
}
