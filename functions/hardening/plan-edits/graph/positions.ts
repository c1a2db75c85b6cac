/** Finds the line, from 1, and the column, in code points from 0, of offsets in UTF-16 units. */
export type Positions = (offset: number) => readonly [line: number, column: number];

/**
 * Reads the lines of a text as Python does: `\n`, `\r\n` and a lone `\r` end one.
 * Offsets can be asked for in any order; near ones are found fastest.
 */
export function positionsIn(text: string): Positions {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  // Most code has no character outside the basic plane: then a column is a difference.
  const wide = /[\uD800-\uDBFF]/.test(text);
  let line = 0;
  return (offset) => {
    while (line > 0 && offset < (starts[line] ?? 0)) line -= 1;
    while (line + 1 < starts.length && offset >= (starts[line + 1] ?? 0)) line += 1;
    const start = starts[line] ?? 0;
    return [line + 1, wide ? codePoints(text, start, offset) : offset - start];
  };
}

function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let each = start; each < end; each += 1) {
    const unit = text.charCodeAt(each);
    const pairs = unit >= 0xd800 && unit <= 0xdbff && each + 1 < end;
    const low = pairs ? text.charCodeAt(each + 1) : 0;
    if (low >= 0xdc00 && low <= 0xdfff) each += 1;
    count += 1;
  }
  return count;
}
