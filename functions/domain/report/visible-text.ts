/**
 * Characters that a terminal or a browser would obey or swallow instead of showing: controls, direction
 * marks, zero-width and other invisible characters, unpaired surrogates. Line feed and tab stay.
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same text with every invisible or obeyed character written out, such as `<U+202E>`. Keeps lines and tabs. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, writeOut);
}

/** As `visibleText`, on one line: line feeds and tabs are written out too. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[\n\t]/g, writeOut);
}

/** How many characters `visibleText` writes out, not counting the carriage returns of CRLF line ends. */
export function countInvisible(text: string): number {
  return text.replaceAll('\r\n', '\n').match(INVISIBLE)?.length ?? 0;
}

function writeOut(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `<U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}>`;
}
