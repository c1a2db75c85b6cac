import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { z } from 'zod';
import { MethodNotAllowedError } from '#middleware/request-errors.ts';

type PageRequest = { httpMethod: string; path: string; headers?: Record<string, unknown> | null | undefined };

/** The web page's files, by the addresses at which they are served. */
export type WebPage = {
  /** Rejects with MethodNotAllowedError for what is not a question, and where a file cannot be read. */
  answer(request: PageRequest): Promise<APIGatewayProxyResult>;
};

/** Where the build leaves the policy under which a browser runs the page. */
export const POLICY_FILE = 'csp.json';

export const PolicySchema = z.object({ contentSecurityPolicy: z.string().min(1) });

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  py: 'text/plain; charset=utf-8',
};

const COMPRESSED_FROM_BYTES = 1_000;
const compress = promisify(brotliCompress);

/** The exported page below `folder`, or null where none was built there. */
export async function openWebPage(folder: string): Promise<WebPage | null> {
  const policy = await readFile(join(folder, POLICY_FILE), 'utf8').catch(() => null);
  if (policy === null) return null;
  const { contentSecurityPolicy } = PolicySchema.parse(JSON.parse(policy));
  const files = await addressesOf(folder);
  const compressed = new Map<string, Promise<Buffer>>();

  return {
    answer: async ({ httpMethod, path, headers }) => {
      if (httpMethod !== 'GET' && httpMethod !== 'HEAD') throw new MethodNotAllowedError(['GET', 'HEAD']);
      const found = files.get(path);
      const file = found ?? files.get('/404') ?? '';
      const bytes = await readFile(join(folder, file));
      const isSmall = bytes.byteLength < COMPRESSED_FROM_BYTES || !takesBrotli(headers);
      if (!isSmall && !compressed.has(file)) compressed.set(file, compressText(bytes));
      const body = isSmall ? bytes : ((await compressed.get(file)) ?? bytes);
      return {
        statusCode: found === undefined ? 404 : 200,
        headers: {
          ...headersFor(file, contentSecurityPolicy),
          ...(isSmall ? {} : { 'content-encoding': 'br' }),
        },
        body: body.toString('base64'),
        isBase64Encoded: true,
      };
    },
  };
}

/** Only what was there when the server started is served, so that no address can lead elsewhere. */
async function addressesOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && extensionOf(entry.name) in TYPES && entry.name !== POLICY_FILE)
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return new Map(files.map((file) => [addressOf(file), file]));
}

function addressOf(file: string): string {
  return `/${file}`.replace(/\/index\.html$/, '/').replace(/\.html$/, '');
}

function headersFor(file: string, policy: string): Record<string, string> {
  // The names of these files hold a hash of their content.
  const isForever = file.startsWith('_next/static/');
  return {
    'content-type': TYPES[extensionOf(file)] ?? 'application/octet-stream',
    'cache-control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': policy,
  };
}

function takesBrotli(headers: PageRequest['headers']): boolean {
  return /\bbr\b/.test(String(headers?.['accept-encoding'] ?? ''));
}

function compressText(bytes: Buffer): Promise<Buffer> {
  return compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}
