// Runs every check and test of the checkout: `npm test`, or some of them: `npm test -- types jest`.
import { mkdirSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join, relative } from 'node:path';
import { findChromium, NO_CHROMIUM } from '../web/e2e/harness/find-chromium.ts';
import { CHECKOUT } from './setup/paths.mjs';
import { createProgress } from './setup/progress.mjs';
import { addCounts, formatCounts } from './testing/count-tests.ts';
import { runSuite, type SuiteResult } from './testing/run-suite.ts';
import { allSuites, type Suite } from './testing/suites.ts';

const MAX_SUITE_MS = 15 * 60_000;
const SHOWN_LINES = 300;

const progress = createProgress(process.stdout);
const resultDir = join(CHECKOUT, '.sgcode', 'test');
const wanted = process.argv.slice(2);
const chromium = findChromium(process.env.SGCODE_CHROMIUM);
const suites = allSuites({ checkout: CHECKOUT, resultDir, chromium });
const isSkippingBrowser = chromium === null && (wanted.length === 0 || wanted.includes('browser'));
const unknown = wanted.filter((name) => name !== 'browser' && !suites.some((suite) => suite.name === name));

if (unknown.length > 0) {
  const names = [...new Set(suites.map(({ name }) => name))].join(', ');
  process.stderr.write(`There is no suite ${unknown.join(', ')}: name some of ${names}, or none for all.\n`);
  process.exitCode = 2;
} else {
  if (isSkippingBrowser) process.stdout.write(`The tests in a browser are skipped: ${NO_CHROMIUM}.\n`);
  await runAll(wanted.length === 0 ? suites : suites.filter(({ name }) => wanted.includes(name)));
}

async function runAll(chosen: Suite[]): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  mkdirSync(resultDir, { recursive: true });
  const lanes =
    availableParallelism() > 1
      ? (['first', 'second'] as const).map((lane) => chosen.filter((suite) => suite.lane === lane))
      : [chosen];
  const results = (await Promise.all(lanes.map(runLane))).flat();

  const counts = addCounts(results.map((result) => result.counts));
  process.stdout.write(`\n${formatCounts(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

async function runLane(lane: Suite[]): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of lane) {
    const logFile = join(resultDir, `${suite.title.replace(/\W+/g, '-').toLowerCase()}.log`);
    const work = () => runSuite(suite, { logFile, maxMs: MAX_SUITE_MS });
    const result = await progress.during(suite.title, work, ({ counts }) => ({
      isGood: counts.failed === 0,
      text: formatCounts(counts),
    }));
    if (result.counts.failed > 0)
      process.stdout.write(`${tail(result.output)}\n    All of it is in ${relative(CHECKOUT, logFile)}.\n`);
    results.push(result);
  }
  return results;
}

function tail(output: string): string {
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES);
  return lines.map((line) => `    ${line}`).join('\n');
}
