import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { z } from 'zod';
import { MethodNotAllowedError } from '#middleware/request-errors.ts';

type PageRequest = {
  httpMethod: string;
  path: string;
  headers?: Record<string, unknown> | null | undefined;
};

/** The web page's files, by the addresses at which they are served. */
export type WebPage = {
  /** 404 with the page that says so for an unknown address. Rejects with MethodNotAllowedError for what is no question. */
  answer(request: PageRequest): Promise<APIGatewayProxyResult>;
};

/** Where the build leaves the policy under which a browser runs the page. It is written last. */
export const POLICY_FILE = 'csp.json';

const PolicySchema = z.object({ contentSecurityPolicy: z.string().min(1) });

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

/** One build of the page. */
type Build = {
  builtAtMs: number;
  policy: string;
  /** Address → file below the folder. */
  files: ReadonlyMap<string, string>;
  compressed: Map<string, Promise<Buffer>>;
};

/** The exported page below `folder`, or null where none was built there. A new build is served as soon as it is whole. */
export async function openWebPage(folder: string): Promise<WebPage | null> {
  let build = await readBuild(folder);
  if (build === null) return null;
  return {
    answer: async (request) => {
      if (!['GET', 'HEAD'].includes(request.httpMethod)) throw new MethodNotAllowedError(['GET', 'HEAD']);
      if (build === null || (await builtAt(folder)) !== build.builtAtMs)
        build = (await readBuild(folder)) ?? build;
      return answerFrom(folder, build, request);
    },
  };
}

async function answerFrom(
  folder: string,
  build: Build | null,
  { path, headers }: PageRequest,
): Promise<APIGatewayProxyResult> {
  const found = await readPage(folder, build?.files.get(path));
  const page = found ?? (await readPage(folder, build?.files.get('/404')));
  if (build === null || page === null) return { statusCode: 404, headers: {}, body: '' };
  const isCompressed = page.bytes.byteLength >= COMPRESSED_FROM_BYTES && takesBrotli(headers);
  const body = isCompressed ? await compressedOnce(build, page) : page.bytes;
  return {
    statusCode: found === null ? 404 : 200,
    headers: {
      ...headersFor(page.file, build.policy),
      ...(isCompressed ? { 'content-encoding': 'br' } : {}),
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

type Page = { file: string; bytes: Buffer };

/** Null for a file that is not listed, or has gone since: a build takes the folder away before it fills it anew. */
async function readPage(folder: string, file: string | undefined): Promise<Page | null> {
  if (file === undefined) return null;
  const bytes = await readFile(join(folder, file)).catch(() => null);
  return bytes && { file, bytes };
}

async function readBuild(folder: string): Promise<Build | null> {
  const builtAtMs = await builtAt(folder);
  const policy = await readFile(join(folder, POLICY_FILE), 'utf8').catch(() => null);
  if (policy === null || builtAtMs === null) return null;
  const { contentSecurityPolicy } = PolicySchema.parse(JSON.parse(policy));
  return {
    builtAtMs,
    policy: contentSecurityPolicy,
    files: await addressesOf(folder),
    compressed: new Map(),
  };
}

async function builtAt(folder: string): Promise<number | null> {
  const found = await stat(join(folder, POLICY_FILE)).catch(() => null);
  return found?.mtimeMs ?? null;
}

/** Only what a build left is served, so that no address can lead elsewhere. */
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

function compressedOnce({ compressed }: Build, { file, bytes }: Page): Promise<Buffer> {
  const known = compressed.get(file);
  if (known) return known;
  const made: Promise<Buffer> = compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  compressed.set(file, made);
  return made;
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}
