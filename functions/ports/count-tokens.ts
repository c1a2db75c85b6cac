import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';
import { GptEncoding } from 'gpt-tokenizer/GptEncoding';

/** Long words take the tokenizer quadratic time, so they are cut: at most one token more for each cut. */
const LONG_WORD = /(\S{1000}|\s{1000})/;

/** Made when it is first needed: it takes longer than most of what else a process does at its start. */
let encoding: GptEncoding | null = null;

/**
 * How many tokens of the vocabulary o200k_base a text is: what OpenAI's models count, and an estimate for others.
 * Special tokens in it are text like any other.
 */
export function countTokens(text: string): number {
  const opened = encoding ?? GptEncoding.getEncodingApi('o200k_base', () => ranks);
  encoding = opened;
  return text
    .split(LONG_WORD)
    .reduce((sum, piece) => sum + opened.countTokens(piece, { disallowedSpecial: new Set() }), 0);
}
