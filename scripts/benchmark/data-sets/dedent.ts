/**
 * Takes away the white space that all lines begin with, as Python's `textwrap.dedent` does: lines of nothing
 * but white space do not count and become empty.
 */
export function dedent(text: string): string {
  const lines = text.split('\n').map((line) => (/^[ \t]*$/.test(line) ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce(sharedStart, margins[0] ?? '');
  return lines.map((line) => line.slice(line === '' ? 0 : margin.length)).join('\n');
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
