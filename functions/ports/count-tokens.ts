import { countTokens as countPiece } from 'gpt-tokenizer/encoding/o200k_base';

/** Long words take the tokenizer quadratic time, so they are cut: at most one token more for each cut. */
const LONG_WORD = /(\S{1000}|\s{1000})/;

/**
 * How many tokens of the vocabulary o200k_base a text is: what OpenAI's models count, and an estimate for others.
 * Special tokens in it are text like any other.
 */
export function countTokens(text: string): number {
  return text
    .split(LONG_WORD)
    .reduce((sum, piece) => sum + countPiece(piece, { disallowedSpecial: new Set() }), 0);
}
