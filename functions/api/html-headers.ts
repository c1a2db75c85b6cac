import { createHash } from 'node:crypto';
import { styles } from '#rendering/html-styles.ts';

/** Our pages load and run nothing, send nothing and are framed by nobody; their one style sheet is named by its hash. */
export const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
} as const;
