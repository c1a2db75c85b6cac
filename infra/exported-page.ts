import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The web page as it was exported: what CloudFront must know of it. */
export type ExportedPage = {
  folder: string;
  /** The names of its pages, without `.html`. */
  pages: string[];
  /** Its content security policy: the hashes of its own scripts among it. */
  contentSecurityPolicy: string;
};

/** For when there is no page: nothing may be loaded. */
export const NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

const CspSchema = z.object({ contentSecurityPolicy: z.string().min(1) });

/**
 * The exported page in a folder; null where it was not built.
 * Throws where the folder has pages and no policy for them.
 */
export function readExportedPage(folder: string): ExportedPage | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const { contentSecurityPolicy } = CspSchema.parse(
    JSON.parse(readFileSync(join(folder, 'csp.json'), 'utf8')),
  );
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => file.slice(0, -'.html'.length))
    .sort();
  return { folder, pages, contentSecurityPolicy };
}

/** The policy with one more place that the page may fetch from. */
export function allowFetching(contentSecurityPolicy: string, origin: string): string {
  const directives = contentSecurityPolicy.split(';').map((directive) => directive.trim());
  const known = directives.some((directive) => directive.startsWith('connect-src '));
  return directives
    .filter((directive) => directive !== '')
    .map((directive) => (directive.startsWith('connect-src ') ? `${directive} ${origin}` : directive))
    .concat(known ? [] : [`connect-src 'self' ${origin}`])
    .join('; ');
}
