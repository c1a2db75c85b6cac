import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { POLICY_FILE } from '../server/web-page.ts';

/**
 * CloudFront refuses a longer policy
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html, response headers policies).
 */
const MAX_POLICY_CHARACTERS = 1_783;

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Writes the policy under which a browser runs the exported page: its own files, and of inline scripts only those
 * that the export itself put into a page, by their hashes. Rejects where the policy is too long for CloudFront.
 */
export async function writePagePolicy(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const pages = await Promise.all(
    names.filter((name) => name.endsWith('.html')).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const contentSecurityPolicy = policyFor(pages);
  if (contentSecurityPolicy.length > MAX_POLICY_CHARACTERS) {
    throw new Error(
      `the page's policy has ${contentSecurityPolicy.length} characters, CloudFront takes ${MAX_POLICY_CHARACTERS}`,
    );
  }
  await writeFile(join(folder, POLICY_FILE), `${JSON.stringify({ contentSecurityPolicy }, null, 2)}\n`);
}

/** The policy for pages of this HTML. */
export function policyFor(pages: readonly string[]): string {
  const scripts = new Set(
    pages.flatMap((html) => [...html.matchAll(INLINE_SCRIPT)].map(([, script = '']) => script)),
  );
  const hashes = [...scripts].map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...hashes.sort()].join(' ')}`,
    // The components and the editor write style elements and attributes of their own.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
