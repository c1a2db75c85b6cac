import { talksToModel } from './talks-to-model.ts';

const LEFT_OUT = '[left out]';
/** What is in quotes within a message, mostly the program's own words; those may hold an apostrophe. */
const QUOTED = [/`[^`]*`/g, /'.*'/gs, /".*"/gs];
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A message of a tool, or a reason, as one line that a prompt can hold: invisible characters written out, cut to
 * the limit. What speaks to a model is left out, in quotes or as a whole.
 */
export function quotedMessage(text: string, limit: number): string {
  const plain = text.slice(0, 4 * limit).replace(/`{3,}|~{3,}/g, "''");
  const kept = QUOTED.reduce(
    (read, quotes) =>
      read.replace(quotes, (quoted) => (talksToModel(quoted.slice(1, -1)) ? LEFT_OUT : quoted)),
    plain,
  );
  const own = QUOTED.reduce((read, quotes) => read.replace(quotes, "''"), kept).replace(/\s+/g, ' ');
  return talksToModel(own) ? LEFT_OUT : singleLine(kept, limit);
}

/** A piece of the program as one line in backticks; what speaks to a model is left out. */
export function quotedCode(text: string, limit: number): string {
  const within = QUOTED.flatMap((quotes) => text.match(quotes) ?? []).map((quoted) => quoted.slice(1, -1));
  return [text.replace(/\s+/g, ' '), ...within].some(talksToModel) ? LEFT_OUT : shownCode(text, limit);
}

/** As `quotedCode`, for code that was neutralized. */
export function shownCode(text: string, limit: number): string {
  return `\`${singleLine(text, limit).replaceAll('`', "'")}\``;
}

/** As one line, cut to the limit, with invisible characters written out: for words of our own. */
export function singleLine(text: string, limit: number): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(
      UNSEEN,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
    .trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
