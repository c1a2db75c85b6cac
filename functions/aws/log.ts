/** What may be logged: figures and our own words. Never code, prompts, keys or messages of errors, which may quote them. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one line of JSON to the function's log. */
export function logLine(level: 'info' | 'error', message: string, fields: LogFields = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

/** The name of an error, which says what kind it is and quotes nothing. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'Unknown';
}
