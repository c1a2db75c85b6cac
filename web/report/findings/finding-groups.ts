import type { AppliedEdit, DeclinedEdit } from '#domain/edit-plan.ts';
import { type Cwe, compareFindings } from '#domain/finding.ts';
import { findRule } from '#domain/policy.ts';
import { cweTitle } from '#domain/report/cwe-titles.ts';
import {
  type FindingOutcome,
  findingOutcomes,
  groupByCwe,
  type Outcome,
} from '#domain/report/finding-outcomes.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';
import type { Flow } from '#domain/risk.ts';
import { type LineChange, linesAfter, splitLines } from '../changes/line-changes.ts';

/** Some lines of a program, with the number of the first; null where there is nothing to show. */
export type Excerpt = { line: number; text: string } | null;

export type FindingRow = {
  /** Names the finding in the page's address. */
  key: string;
  finding: ReportedFinding;
  outcome: Outcome;
  /** The analyzer's own name for the rule, in words; '' for an unknown rule. */
  ruleName: string;
  original: Excerpt;
  secured: Excerpt;
  /** The ways on which a value gets there, as the graph network says. */
  flows: Flow[];
  edits: AppliedEdit[];
  declined: DeclinedEdit[];
};

export type FindingGroup = {
  cwe: Cwe | null;
  title: string;
  before: number;
  after: number;
  rows: FindingRow[];
};

export type FindingGroups = { counted: FindingGroup[]; informational: FindingGroup[] };

/** A finding's statement is shown up to here. */
const MOST_LINES = 12;

/** All findings by weakness, the worst weakness first; counted ones apart from the others. */
export function findingGroups(report: Report, changes: readonly LineChange[]): FindingGroups {
  const outcomes = findingOutcomes(report).sort((a, b) => compareFindings(a.finding, b.finding));
  const rowOf = rowMaker(report, changes);
  const grouped = (entries: readonly FindingOutcome[]): FindingGroup[] =>
    groupByCwe(entries).map(({ cwe, before, after, outcomes: own }) => {
      const known = own[0]?.finding.cwe ?? null;
      return {
        cwe: known,
        title: known === null ? cwe : (cweTitle(known) ?? ''),
        before,
        after,
        rows: own.map(rowOf),
      };
    });
  return {
    counted: grouped(outcomes.filter(({ finding }) => finding.counted)),
    informational: grouped(outcomes.filter(({ finding }) => !finding.counted)),
  };
}

/** The rows in the order in which they stand on the page. */
export function rowsInOrder({ counted, informational }: FindingGroups): FindingRow[] {
  return [...counted, ...informational].flatMap(({ rows }) => rows);
}

function rowMaker({ original, secured, risk, edits, declined }: Report, changes: readonly LineChange[]) {
  const lines = { original: splitLines(original.code), secured: splitLines(secured.code) };
  const seen = new Map<string, number>();
  return (entry: FindingOutcome): FindingRow => {
    const { finding, outcome, before, after } = entry;
    const name = `${outcome}-${finding.fingerprint}`;
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    const place = before === null ? null : linesAfter(changes, before.line, before.endLine);
    return {
      key: `${name}-${number}`,
      finding,
      outcome,
      ruleName: findRule(finding.analyzer, finding.rule)?.name.replaceAll('_', ' ') ?? '',
      original: before && excerptOf(lines.original, before.line, before.endLine),
      secured: after
        ? excerptOf(lines.secured, after.line, after.endLine)
        : place && excerptOf(lines.secured, place.first, place.last),
      flows: (risk?.flows ?? []).filter((flow) => before !== null && endsAt(flow, before)),
      edits: edits.filter(({ id }) => before !== null && isFor(id, before)),
      declined: declined.filter(({ id }) => isFor(id, after ?? finding)),
    };
  };
}

function excerptOf(lines: readonly string[], first: number, last: number): Excerpt {
  const text = lines.slice(first - 1, Math.min(last, first - 1 + MOST_LINES)).join('');
  return text === '' ? null : { line: first, text: text.replace(/\r?\n$/, '') };
}

/** An edit's id holds the operator and the fingerprint of what it is for. */
function isFor(id: string, { fingerprint }: ReportedFinding): boolean {
  return id.split(':').includes(fingerprint);
}

function endsAt({ cwe, path }: Flow, { line, endLine, cwe: own }: ReportedFinding): boolean {
  const end = path.at(-1)?.line ?? 0;
  return line <= end && end <= endLine && (cwe === null || own === null || cwe === own);
}
