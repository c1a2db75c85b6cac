import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from './find-chromium.ts';

/** What a visitor has: a window, a scheme, whether things may move. */
export type VisitorOptions = {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
};

/** A fresh browser of one visitor: no cookies, no cache, nothing stored. */
export type Visitor = {
  context: BrowserContext;
  page: Page;
  /** What the page complained of: console errors, exceptions, requests to other origins. */
  complaints: string[];
};

// What matters in a container without a user namespace, a GPU, or a network.
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run'];

/** Long, since a machine that runs other tests meanwhile is slow; a test that fails is not to be quick. */
const MAX_WAIT_MS = 90_000;

/** Starts this machine's Chromium. Rejects where there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env.SGCODE_CHROMIUM);
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: ARGS });
}

/** A new visitor of the page at `origin`. */
export async function newVisitor(
  browser: Browser,
  origin: string,
  { width = 1280, height = 900, colorScheme = 'light', reducedMotion = 'reduce' }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    colorScheme,
    reducedMotion,
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(MAX_WAIT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (protocol.startsWith('http') && new URL(request.url()).origin !== origin) {
      complaints.push(`request to another origin: ${request.url()}`);
    }
  });
  return { context, page, complaints };
}
