import type { Edits } from '#domain/edit-plan.ts';
import type { Judgement } from './judge.ts';

/** What was done to the code, for whoever watches the run. */
export function triedWords({ applied, declined, repaired }: Edits): string {
  const made = applied.length + repaired.length;
  const refused = declined.length === 0 ? '' : `, ${declined.length} declined`;
  return `${made} ${made === 1 ? 'change' : 'changes'} made${refused}`;
}

/** What was decided about a candidate, for whoever watches the run. */
export function judgementWords({ outcome, reasons, isNewBest, goal }: Judgement): string {
  const because = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  if (outcome === 'no-change') return `nothing changed${because}`;
  if (outcome === 'rejected') return `the candidate is rejected${because}`;
  if (!isNewBest) return `the candidate is accepted, and not the best${because}`;
  return `the candidate is accepted${goal ? '; no counted finding is left' : ' and the best so far'}`;
}
