import { createHash } from 'node:crypto';
import type { PlannedEdit } from '#domain/edit-plan.ts';
import type { Span } from '#domain/finding.ts';
import type { OperatorName } from '#domain/operators.ts';
import type { Proposal } from '#domain/risk.ts';
import { textAt } from './text-at.ts';

/** A run tries no more edits at the gGAN's word, the riskiest first: each may have to be tried alone. */
export const MAX_PROPOSED_EDITS = 20;

/** What the gGAN's rule is called where a finding would name an analyzer's. */
export const GGAN_RULE = 'ggan';

/**
 * What only the compiler or an analyzer can point at, and what a reviewer would not act on unasked: assertions and
 * exceptions that are passed over are findings of low severity.
 */
const NOT_PROPOSED: ReadonlySet<OperatorName> = new Set([
  'hoist-global',
  'visible-source',
  'explicit-check',
  'logged-exception',
]);

/** The edits that are asked for, those of analyzers marked where the gGAN asks for the same. */
export function markShared(found: readonly PlannedEdit[], proposals: readonly Proposal[]): PlannedEdit[] {
  return found.map((edit) =>
    edit.source === 'analyzer' && proposals.some((proposal) => isSame(edit, proposal))
      ? { ...edit, source: 'both' as const }
      : edit,
  );
}

/**
 * The edits that only the gGAN asks for, riskiest first. `code` is what the spans of the proposals count in: the
 * text there makes an edit's id, so that it is known again in changed code.
 */
export function proposedEdits(
  found: readonly PlannedEdit[],
  proposals: readonly Proposal[],
  code: string,
): PlannedEdit[] {
  const lines = code.split(/\r\n|\r|\n/);
  const seen = new Map<string, number>();
  return proposals
    .filter(({ operator }) => !NOT_PROPOSED.has(operator))
    .filter((proposal) => !found.some((edit) => isSame(edit, proposal)))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map((proposal) => ({ risk: proposal.risk, edit: proposedEdit(proposal, lines, seen) }))
    .toSorted((a, b) => b.risk - a.risk)
    .map(({ edit }) => edit);
}

/** Whether an edit with this id was asked for by the gGAN alone. */
export function isProposed(id: string): boolean {
  return id.includes(`:${GGAN_RULE}-`);
}

function proposedEdit(proposal: Proposal, lines: readonly string[], seen: Map<string, number>): PlannedEdit {
  const { operator, cwe, line, column, endLine, endColumn, definition } = proposal;
  const text = textAt(lines, proposal).replace(/\s+/g, ' ').trim();
  const what = JSON.stringify([operator, definition, text]);
  const occurrence = seen.get(what) ?? 0;
  seen.set(what, occurrence + 1);
  const hash = createHash('sha256').update(`${what}${occurrence}`).digest('hex').slice(0, 16);
  return {
    id: `${operator}:${GGAN_RULE}-${hash}`,
    operator,
    rule: GGAN_RULE,
    cwe,
    source: 'ggan',
    line,
    column,
    endLine,
    endColumn,
    definition,
  };
}

function isSame(edit: PlannedEdit, proposal: Proposal): boolean {
  return edit.operator === proposal.operator && overlap(edit, proposal);
}

function overlap(a: Span, b: Span): boolean {
  return a.line <= b.endLine && b.line <= a.endLine;
}
