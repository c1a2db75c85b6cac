import type { Report, ReportedFinding } from '#domain/report.ts';

/** What became of a finding: gone, still there, or only there now. */
export type Outcome = 'fixed' | 'remaining' | 'introduced';

/** `finding` is the one of the result where it is still there, else the one of the original. */
export type FindingOutcome = {
  finding: ReportedFinding;
  outcome: Outcome;
  /** The finding in the original and in the result; null where it has none. */
  before: ReportedFinding | null;
  after: ReportedFinding | null;
};

/**
 * Every finding before and after, each once. A finding remains when the result has one of the same rule in
 * the same definition: first the one with the same fingerprint, then any, as lines move under an edit.
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
    ...near.onlyBefore.map(
      (before): FindingOutcome => ({ finding: before, outcome: 'fixed', before, after: null }),
    ),
    ...[...exact.both, ...near.both].map(
      ([before, after]): FindingOutcome => ({ finding: after, outcome: 'remaining', before, after }),
    ),
    ...near.onlyAfter.map(
      (after): FindingOutcome => ({ finding: after, outcome: 'introduced', before: null, after }),
    ),
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
  const both: (readonly [ReportedFinding, ReportedFinding])[] = [];
  const onlyBefore: ReportedFinding[] = [];
  for (const finding of before) {
    const partner = waiting.get(keyOf(finding))?.shift();
    if (partner) both.push([finding, partner]);
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
