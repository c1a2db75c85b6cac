// How long a report of 300 lines takes to be drawn once its data are there: `node web/e2e/measure-report.ts`.
import { z } from 'zod';
import { listenForSignals } from '#scripts/commands/listen-for-signals.ts';
import { buildWebPage } from '#scripts/web/build-page.ts';
import { newVisitor, openBrowser } from './harness/browser.ts';
import { LONG_PROGRAM } from './harness/programs.ts';
import { finishedRun } from './harness/runs.ts';
import { servePage } from './harness/served-page.ts';

const VISITS = 15;
const MAX_MS = 200;

await buildWebPage({ out: process.stdout, signal: listenForSignals() });
const served = await servePage();
const browser = await openBrowser();
try {
  const run = await finishedRun(served.url, { code: LONG_PROGRAM, path: 'long.py' });
  const { page } = await newVisitor(browser, served.url);
  // Notes when the verdict is in the page and has been painted.
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('main article h1') === null) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => Reflect.set(window, 'drawnAt', performance.now())));
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  const times: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    await page.goto(`${served.url}/reports?id=${run}`);
    await page.waitForFunction(() => Reflect.has(window, 'drawnAt'));
    times.push(z.number().parse(await page.evaluate(timeToDraw)));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(VISITS / 2)] ?? 0;
  process.stdout.write(
    `${LONG_PROGRAM.split('\n').length} lines, ${VISITS} visits: median ${median.toFixed(0)} ms, fastest ${sorted[0]?.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms from data to drawn\n`,
  );
  process.exitCode = median < MAX_MS ? 0 : 1;
} finally {
  await browser.close();
  await served.close();
}

/** From the last byte of the report to its paint, in the page's own clock. */
function timeToDraw(): number {
  const report = performance
    .getEntriesByType('resource')
    .find(({ name }) => name.includes('/v1/runs/') && name.includes('/report'));
  const arrived = report instanceof PerformanceResourceTiming ? report.responseEnd : 0;
  return Number(Reflect.get(window, 'drawnAt')) - arrived;
}
