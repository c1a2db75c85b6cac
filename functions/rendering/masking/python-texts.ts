/** A string literal or a comment in Python code; offsets in UTF-16 units, half-open. */
export type TextToken = {
  kind: 'string' | 'comment';
  start: number;
  end: number;
  /** What stands between the quotes, or behind the `#`, as it is spelled. */
  inner: string;
  innerStart: number;
};

/** https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals, and comments. */
const TOKEN = /(?<![\w])([a-zA-Z]{0,2})("""|'''|"|')|#/g;

/**
 * The string literals and comments of code, in order. Also reads code that Python does not: a literal without an end
 * goes to the end of its line, or of the code where it has three quotes.
 */
export function pythonTexts(code: string): TextToken[] {
  const tokens: TextToken[] = [];
  const opener = new RegExp(TOKEN);
  for (let match = opener.exec(code); match !== null; match = opener.exec(code)) {
    const [opening, , quote] = match;
    const innerStart = match.index + opening.length;
    const innerEnd = quote === undefined ? lineEnd(code, innerStart) : literalEnd(code, innerStart, quote);
    const end = quote !== undefined && code.startsWith(quote, innerEnd) ? innerEnd + quote.length : innerEnd;
    tokens.push({
      kind: quote === undefined ? 'comment' : 'string',
      start: match.index,
      end,
      inner: code.slice(innerStart, innerEnd),
      innerStart,
    });
    opener.lastIndex = Math.max(end, match.index + 1);
  }
  return tokens;
}

function literalEnd(code: string, from: number, quote: string): number {
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '\\') at += 1;
    else if (code.startsWith(quote, at)) return at;
    else if (code[at] === '\n' && quote.length === 1) return at;
  }
  return code.length;
}

function lineEnd(code: string, from: number): number {
  const end = code.indexOf('\n', from);
  return end === -1 ? code.length : end;
}
