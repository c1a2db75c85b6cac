import { quotedMessage, singleLine } from './one-line.ts';

const MOST_REASONS = 5;
const LONGEST_REASON = 200;

/** Why the last answers did not do, for the next one. Reasons may quote the program; what is malformed is said by us. */
export function triesLines(reasons: readonly string[], malformed: string | null): string[] {
  const last = [...new Set(reasons.map((reason) => quotedMessage(reason, LONGEST_REASON)))].slice(
    -MOST_REASONS,
  );
  return [
    ...(last.length === 0 ? [] : ['Refused before:', ...last.map((reason) => `- ${reason}`)]),
    ...(malformed === null
      ? []
      : [`Your last answer could not be used: ${singleLine(malformed, LONGEST_REASON)}`]),
  ];
}
