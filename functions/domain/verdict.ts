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
