// What a newcomer sees first: the example programs secured, with the evidence, then the same on a web page.
import { parseArgs } from 'node:util';
import type { Report } from '#domain/report.ts';
import type { BenchmarkContext, Engine } from './commands/command-context.ts';
import { listenForSignals } from './commands/listen-for-signals.ts';
import { runLocalBenchmark } from './commands/local-benchmark.ts';
import { openLocalEngine } from './commands/local-engine.ts';
import { openLocalModels } from './commands/local-models.ts';
import { processOutput } from './commands/output.ts';
import { buildProgram } from './commands/program.ts';
import { readLocalConfig } from './local-config.ts';
import { serveReports } from './serve-reports.ts';
import { CHECKOUT } from './setup/paths.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { buildWebPage } from './web/build-page.ts';

const stdout = processOutput(process.stdout);
const stderr = processOutput(process.stderr);

try {
  const { values } = parseArgs({ options: { 'no-serve': { type: 'boolean', default: false } } });
  process.exitCode = await start({ isServing: !values['no-serve'] && !isContinuousIntegration() });
} catch (error) {
  stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isUsageError(error) ? 2 : 1;
}

async function start({ isServing }: { isServing: boolean }): Promise<number> {
  const signal = listenForSignals();
  const engine = await openLocalEngine(readLocalConfig(process.env, process.cwd()), stderr);
  const reports: Report[] = [];
  try {
    stdout.write('Securing the programs in examples/; they stay as they are.\n\n');
    const exitCode = await hardenExamples(contextOf(engine, reports, signal));
    if (isServing && !signal.aborted) {
      const hasWebPage = await buildPage(signal);
      await serveReports(engine, { reports, hasWebPage, output: stdout, signal });
    }
    return exitCode;
  } finally {
    await engine.close();
  }
}

/** Whether the web page is there; without it, the reports are served as plain pages. */
async function buildPage(signal: AbortSignal): Promise<boolean> {
  try {
    await buildWebPage({ out: process.stderr, signal });
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    stderr.write(`${error.message}${error.logFile ? ` The log is in ${error.logFile}.` : ''}\n`);
    return false;
  }
}

/** The same as `sgcode harden examples`, typed in the checkout. */
async function hardenExamples(context: BenchmarkContext): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(context, '', (code) => {
    exitCode = code;
  });
  await program.parseAsync(['harden', 'examples'], { from: 'user' });
  return exitCode;
}

/** The command's context over one engine that stays open for the server, noting the reports as they come. */
function contextOf(engine: Engine, reports: Report[], signal: AbortSignal): BenchmarkContext {
  const noting: Engine = {
    ...engine,
    harden: async (request, options) => {
      const report = await engine.harden(request, options);
      reports.push(report);
      return report;
    },
    close: async () => {},
  };
  return {
    cwd: CHECKOUT,
    stdout,
    stderr,
    signal,
    openEngine: async () => noting,
    openModels: () => openLocalModels(readLocalConfig(process.env, process.cwd())),
    // The examples are shown without a model, whatever keys are set.
    env: {},
    readStdin: async () => new Uint8Array(),
    runBenchmark: (request) => {
      const config = readLocalConfig(process.env, process.cwd());
      return runLocalBenchmark(request, { config, stdout, stderr, signal });
    },
  };
}

function isContinuousIntegration(): boolean {
  const { CI = '' } = process.env;
  return !['', '0', 'false'].includes(CI.toLowerCase());
}

function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
