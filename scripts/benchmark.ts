// `npm run benchmark ARGS` is `sgcode benchmark ARGS`, but for what no user of the command needs:
//   npm run benchmark -- analysis [--data FOLDER]      the warm worker beside the bandit command
//   npm run benchmark -- renew-baseline                the figures that the regression test holds the code to
//   npm run benchmark -- kills ARGS                    whether a benchmark of ARGS, killed twenty times, is the same
//   npm run benchmark -- faults [--runs N] [--seed N] [--severity N]
//                                                      what becomes of runs on AWS where requests and functions fail
//   npm run benchmark -- renew-results [--data FOLDER] the committed figures, and the pages that quote them; FOLDER
//                                                      holds promsec/testing and promsec/released-outputs/trial-0
//   npm run benchmark -- quote-results                 the pages alone, from the committed figures
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LocalConfig, readLocalConfig, workingFolder } from './local-config.ts';

const [name, ...args] = process.argv.slice(2);
if (name === 'analysis') await orError(() => compareAnalysis(args));
else if (name === 'renew-baseline') await orError(renewBaseline);
else if (name === 'renew-results') await orError(() => renewPublished(args));
else if (name === 'quote-results') await orError(quotePublished);
else if (name === 'kills') await orError(killTwentyTimes);
else if (name === 'faults') await orError(() => measureFaults(args));
else {
  process.argv.splice(2, 0, 'benchmark');
  await import('./sgcode.ts');
}

async function compareAnalysis(given: string[]): Promise<void> {
  const [{ analysisLines }, { runAnalysis }] = await Promise.all([
    import('./benchmark/analysis.ts'),
    import('./benchmark/run-analysis.ts'),
  ]);
  const config = readLocalConfig(process.env, process.cwd());
  const folder = dataOf(given) ?? join(sharedData(config), 'promsec', 'testing');
  process.stdout.write(`${folder}\n\n${analysisLines(await runAnalysis(folder, config))}\n`);
}

async function renewPublished(given: string[]): Promise<void> {
  const [{ renewResults }, { RESULT_FILE }, { processOutput }, { listenForSignals }] = await Promise.all([
    import('./benchmark/publishing/renew-results.ts'),
    import('./benchmark/publishing/published-result.ts'),
    import('./commands/output.ts'),
    import('./commands/listen-for-signals.ts'),
  ]);
  const config = readLocalConfig(process.env, process.cwd());
  const stderr = processOutput(process.stderr);
  await renewResults(dataOf(given) ?? sharedData(config), { config, stderr, signal: listenForSignals() });
  process.stdout.write(`${RESULT_FILE} is written, and the pages that quote it\n`);
}

async function quotePublished(): Promise<void> {
  const { quoteResults } = await import('./benchmark/publishing/renew-results.ts');
  await quoteResults(readLocalConfig(process.env, process.cwd()).checkout);
}

function dataOf(given: string[]): string | undefined {
  const { data } = parseArgs({ args: given, options: { data: { type: 'string' } } }).values;
  return data === undefined ? undefined : resolve(workingFolder(process.env, process.cwd()), data);
}

function sharedData({ checkout }: LocalConfig): string {
  return process.env.SGCODE_SHARED_DATA ?? join(checkout, '..', 'shared', 'data');
}

async function renewBaseline(): Promise<void> {
  const [{ BASELINE_FILE, baselineOf, measureRegression }, { processOutput }] = await Promise.all([
    import('./benchmark/regression/regression.ts'),
    import('./commands/output.ts'),
  ]);
  const config = readLocalConfig(process.env, process.cwd());
  const baseline = baselineOf(await measureRegression(config, processOutput(process.stderr)));
  await writeFile(BASELINE_FILE, `${JSON.stringify(baseline, null, 2)}\n`);
  const programs = Object.keys(baseline.programs).length;
  process.stdout.write(`${baseline.securedAndKept} of ${programs} are secured and kept: ${BASELINE_FILE}\n`);
}

async function killTwentyTimes(): Promise<void> {
  const [{ killAndResume }, { processOutput }] = await Promise.all([
    import('./benchmark/kill-and-resume.ts'),
    import('./commands/output.ts'),
  ]);
  const stderr = processOutput(process.stderr);
  const { isSame, account } = await killAndResume(args, { kills: 20, seed: Date.now() % 2 ** 31, stderr });
  process.stdout.write(`${account}\n`);
  if (!isSame) process.exitCode = 1;
}

async function measureFaults(given: string[]): Promise<void> {
  const [{ runWithFaults }, { faultLines }] = await Promise.all([
    import('./benchmark/faults/run-with-faults.ts'),
    import('./benchmark/faults/fault-lines.ts'),
  ]);
  const { values } = parseArgs({
    args: given,
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      severity: { type: 'string', default: '1' },
    },
  });
  const result = await runWithFaults({
    runs: wholeNumber('runs', values.runs),
    seed: wholeNumber('seed', values.seed),
    severity: wholeNumber('severity', values.severity),
    config: readLocalConfig(process.env, process.cwd()),
  });
  process.stdout.write(`${faultLines(result)}\n`);
  if (result.wrong.length > 0) process.exitCode = 1;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new TypeError(`--${name} takes a whole number from 1 on, not ${text}`);
  return Number(text);
}

async function orError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof TypeError ? 2 : 1;
  }
}
