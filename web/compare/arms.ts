import { z } from 'zod';
import { type Mechanism, MechanismSchema } from '#domain/mechanism.ts';

export const MIN_ARMS = 2;
export const MAX_ARMS = 4;

/** One way of securing the same input. */
export const ArmSchema = z.object({
  mechanism: MechanismSchema,
  /** The general model's id; null for none. */
  general: z.string().nullable(),
  /** Whether the graph network has a part in the plan. */
  ggan: z.boolean(),
});
export type Arm = z.infer<typeof ArmSchema>;

/** What is compared to begin with: what needs no model, with and without the graph network. */
export const FIRST_ARMS: readonly Arm[] = [
  { mechanism: 'rules', general: null, ggan: true },
  { mechanism: 'rules', general: null, ggan: false },
];

/** The mechanism for one more arm: the first that no arm has. */
export function nextMechanism(arms: readonly Arm[]): Mechanism {
  return MechanismSchema.options.find((name) => !arms.some(({ mechanism }) => mechanism === name)) ?? 'rules';
}
