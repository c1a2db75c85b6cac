import type { RunSettings } from '#domain/loop-state.ts';

/**
 * Whether the original and a candidate are to be run side by side. `auto` asks for it where a model had a hand in
 * the candidate: every rewrite of the operators is tested by itself.
 */
export function runsBehavior({ behavior }: Pick<RunSettings, 'behavior'>, isByModel: boolean): boolean {
  return behavior === 'always' || (behavior === 'auto' && isByModel);
}
