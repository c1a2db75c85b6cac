import { InvalidInputError } from '#domain/errors.ts';

/**
 * Data between two marks that hold the boundary, a random text that only the caller knows.
 *
 * @throws InvalidInputError where the data holds the boundary, so that it could end the fence itself.
 */
export function fence(boundary: string, data: string): string {
  if (!/^[0-9A-Za-z]{8,64}$/.test(boundary)) {
    throw new InvalidInputError('A boundary is 8 to 64 letters and digits.');
  }
  if (data.includes(boundary))
    throw new InvalidInputError('The data holds the boundary that is to enclose it.');
  return `<<<${boundary}\n${data.replace(/\n+$/, '')}\n${boundary}>>>`;
}

/** An answer without the marks around data, which small models copy along with the code. */
export function withoutFences(boundary: string, answer: string): string {
  const marks = new Set([`<<<${boundary}`, `${boundary}>>>`]);
  return answer
    .split('\n')
    .filter((line) => !marks.has(line.trim()))
    .join('\n');
}
