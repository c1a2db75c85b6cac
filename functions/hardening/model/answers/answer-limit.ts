import type { ModelAnswer } from '#domain/repair.ts';
import { countTokens } from '#ports/count-tokens.ts';

const FEWEST = 256;
const MOST = 8192;
/** A fix may need half as much again: checks, imports, helpers. */
const GROWTH = 1.5;
/** Fences, new imports, and helpers of short parts. For a whole file they weigh less beside its length. */
const MARGIN = { parts: 192, whole: 128 } as const;

/**
 * The most tokens that an answer may have: by the code that is asked back, the parts together or the whole file.
 * What a model says beyond is cut off, which ends in a malformed answer.
 */
export function answerLimit(code: string, form: ModelAnswer['form']): number {
  return Math.min(MOST, Math.max(FEWEST, Math.ceil(countTokens(code) * GROWTH) + MARGIN[form]));
}
