import { doesCompile } from '#domain/acceptance.ts';
import type { DeclinedEdit, Edits } from '#domain/edit-plan.ts';
import type { Analysis } from '#domain/finding.ts';

/** The edits of one candidate, and why the candidate was not accepted where it was not. */
export type TriedEdits = { edits: Pick<Edits, 'applied' | 'declined'>; reasons: readonly string[] };

/**
 * The last word on every planned edit that is still asked for: what it was planned for is there in the best
 * candidate. One that stood in the way of another, or whose finding another edit took along, is history.
 */
export function stillDeclined(
  tried: readonly TriedEdits[],
  accepted: Pick<Edits, 'applied'>,
  best: readonly Analysis[],
): DeclinedEdit[] {
  const done = new Set(accepted.applied.map((edit) => edit.id));
  const open = new Set(best.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  const last = new Map<string, DeclinedEdit>();
  for (const { edits, reasons } of tried) {
    const reason = `its result was not accepted: ${reasons[0] ?? 'no reason given'}`;
    for (const { id, operator, line } of edits.applied) {
      last.set(id, { id, operator, line, reason, retry: false });
    }
    for (const edit of edits.declined) last.set(edit.id, edit);
  }
  return [...last.values()].filter(({ id }) => {
    const [, fingerprint] = id.split(':');
    // An edit without a finding was asked for by the compiler. What only the gGAN asked for names a finding that is
    // none: it leaves nothing open, so nobody needs to hear that it was declined.
    return !done.has(id) && (fingerprint === undefined ? !doesCompile(best) : open.has(fingerprint));
  });
}
