import type { RunSettings } from '#domain/loop-state.ts';
import type { Mechanism } from '#domain/mechanism.ts';

/** Mechanisms whose candidates no model touches: every rewrite of theirs is a tested operator. */
const WITHOUT_MODEL: ReadonlySet<Mechanism> = new Set(['rules']);

/** Whether the original and a candidate of this run are to be run side by side. */
export function runsBehavior({ behavior, mechanism }: Pick<RunSettings, 'behavior' | 'mechanism'>): boolean {
  return behavior === 'always' || (behavior === 'auto' && !WITHOUT_MODEL.has(mechanism));
}
