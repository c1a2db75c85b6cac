const BEGIN = `<!-- measured: from docs/results/promsec-testing.json, by npm run benchmark -- renew-results -->`;
const END = '<!-- measured: end -->';

/** The page with another text between its two marks. Throws where it does not have each of them once, in order. */
export function replaceMarked(page: string, text: string): string {
  const [before, rest, ...others] = page.split(BEGIN);
  const [, after, ...further] = (rest ?? '').split(END);
  if (before === undefined || after === undefined || others.length + further.length > 0) {
    throw new Error(`a page that quotes figures needs the lines ${BEGIN} and ${END}, each once`);
  }
  return `${before}${BEGIN}\n\n${text.trim()}\n\n${END}${after}`;
}
