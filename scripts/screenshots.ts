// Every screen of the web page as a picture, light, dark and on a phone: `npm run screenshots`, into .sgcode/screenshots.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { newVisitor, openBrowser, type VisitorOptions } from '../web/e2e/harness/browser.ts';
import { finishedRun } from '../web/e2e/harness/runs.ts';
import { screens } from '../web/e2e/harness/screens.ts';
import { servePage } from '../web/e2e/harness/served-page.ts';
import { settle } from '../web/e2e/harness/settle.ts';
import { listenForSignals } from './commands/listen-for-signals.ts';
import { CHECKOUT } from './setup/paths.mjs';
import { buildWebPage } from './web/build-page.ts';

const LOOKS: Record<string, VisitorOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', width: 360, height: 740 },
};

const MAX_HEIGHT = 2_000;

const OUT = join(CHECKOUT, '.sgcode', 'screenshots');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: 'string', default: join(CHECKOUT, 'examples', 'bookshop.py') } },
});
await buildWebPage({ out: process.stdout, signal: listenForSignals() });
const served = await servePage();
const browser = await openBrowser();
try {
  await takeAll(await readFile(values.program, 'utf8'), positionals);
} finally {
  await browser.close();
  await served.close();
}

/** Takes the screens that are named, or all of them where none is. */
async function takeAll(code: string, wanted: readonly string[]): Promise<void> {
  const run = await finishedRun(served.url, { code, path: 'bookshop.py' });
  const chosen = Object.entries(screens({ run })).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  if (wanted.length === 0) await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const [look, options] of Object.entries(LOOKS)) {
    const { page, context } = await newVisitor(browser, served.url, options);
    for (const [name, address] of chosen) {
      const file = join(OUT, `${name}-${look}.png`);
      await page.goto(address);
      await settle(page);
      // The editor draws what is in the window: the window is made as high as the page first.
      const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 };
      await page.setViewportSize({ width, height: MAX_HEIGHT });
      await settle(page);
      await page.screenshot({ path: file, fullPage: true });
      await page.setViewportSize({ width, height });
      process.stdout.write(`${relative(CHECKOUT, file)}\n`);
    }
    await context.close();
  }
}
