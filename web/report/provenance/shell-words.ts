/** A word as a POSIX shell reads it back, whatever is in it. A NUL, which no argument can hold, is left out. */
export function shellWord(text: string): string {
  const word = text.replaceAll('\0', '');
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
