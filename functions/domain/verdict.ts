import { z } from 'zod';

/**
 * How a run ended.
 * `already-secure`: no counted finding, nothing changed. `secured`: goal reached, compiles.
 * `hardened`: no counted finding before, accepted edits at the gGAN's word.
 * `improved`: better than the input, goal not reached. `unchanged`: findings remain, nothing accepted.
 * `failed`: not analyzable, or a step failed; the input comes back as it was.
 */
export const VerdictSchema = z.enum([
  'already-secure',
  'secured',
  'hardened',
  'improved',
  'unchanged',
  'failed',
]);
export type Verdict = z.infer<typeof VerdictSchema>;

export type Outcome = {
  /** At least one enabled analyzer could read the original. */
  analyzable: boolean;
  /** A step failed. */
  failed: boolean;
  /** The best candidate is not the input. */
  changed: boolean;
  /** No counted finding is left for any enabled analyzer. */
  goal: boolean;
  /** The best candidate compiles. */
  compiles: boolean;
  /** Counted findings in the original. */
  before: number;
};

/** The verdict, decided from what was measured and from nothing else. */
export function verdictOf(outcome: Outcome): Verdict {
  if (!outcome.analyzable) return 'failed';
  if (!outcome.changed) {
    if (outcome.failed) return 'failed';
    return outcome.goal ? 'already-secure' : 'unchanged';
  }
  if (!outcome.goal || !outcome.compiles) return 'improved';
  return outcome.before === 0 ? 'hardened' : 'secured';
}
