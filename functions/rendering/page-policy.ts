import { createHash } from 'node:crypto';

/**
 * The content security policy of a self-contained page: nothing is loaded, run, framed or sent from it, and its one
 * style sheet is named by its hash.
 */
export function pagePolicy(styles: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
