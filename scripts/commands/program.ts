import { Command, Option } from 'commander';
import { type AnalyzeOptions, analyze, analyzeFormats } from './analyze.ts';
import { addBenchmark } from './benchmark-options.ts';
import type { BenchmarkContext, CommandContext } from './command-context.ts';
import { addCompare } from './compare-options.ts';
import { addGenerate } from './generate-options.ts';
import { addHarden } from './harden-options.ts';
import { addModels } from './models-options.ts';
import { type ReportOptions, report, reportFormats } from './report.ts';
import { type ServeOptions, serve } from './serve.ts';
import { analyzersOption, policyOption, wholeNumber } from './settings-options.ts';

const DEFAULT_PORT = 8787;

/**
 * The command line. `finish` is given the exit code of the command that ran; wrong usage throws
 * commander's CommanderError instead.
 */
export function buildProgram(
  context: BenchmarkContext,
  version: string,
  finish: (exitCode: number) => void,
): Command {
  const program = new Command('sgcode')
    .description('Secures Python code and shows what was found, what was changed and what was checked.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError(
      '"sgcode --help" lists the commands: harden, generate, analyze, compare, models, report, benchmark, serve.',
    )
    .addHelpText('after', PROGRAM_HELP)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHasColors: () => context.stdout.hasColors,
      getErrHasColors: () => context.stderr.hasColors,
    })
    .exitOverride();
  addHarden(program, context, finish);
  addGenerate(program, context, finish);
  addAnalyze(program, context, finish);
  addCompare(program, context, finish);
  addModels(program, context, finish);
  addReport(program, context, finish);
  addBenchmark(program, context, finish);
  addServe(program, context, finish);
  for (const command of program.commands) {
    const flags = command.options.map(({ long, short }) => long ?? short).join(', ');
    command.showHelpAfterError(
      `"sgcode ${command.name()}" takes ${flags}; "sgcode ${command.name()} --help" explains them.`,
    );
  }
  return program;
}

type Finish = (exitCode: number) => void;

function addAnalyze(program: Command, context: CommandContext, finish: Finish): void {
  program
    .command('analyze')
    .description('list findings, change nothing')
    .argument('<path...>', 'files and folders')
    .addOption(new Option('--format <name>', 'how to print').choices(analyzeFormats).default('table'))
    .option('--explain', 'say what the graph network says, too: risk by line, operators, flows')
    .addOption(policyOption())
    .addOption(analyzersOption())
    .addHelpText('after', ANALYZE_HELP)
    .action(async (paths: string[], options: AnalyzeOptions) =>
      finish(await analyze(paths, options, context)),
    );
}

function addReport(program: Command, context: CommandContext, finish: Finish): void {
  program
    .command('report')
    .description('print the report of an earlier run')
    .argument('<run>', 'the run, as harden prints it')
    .addOption(new Option('--format <name>', 'how to print').choices(reportFormats).default('text'))
    .option('--details', 'with text: say what every light checked and cannot tell')
    .addHelpText('after', REPORT_HELP)
    .action(async (run: string, options: ReportOptions) => finish(await report(run, options, context)));
}

function addServe(program: Command, context: CommandContext, finish: Finish): void {
  program
    .command('serve')
    .description('serve the API and the report pages on this machine')
    .addOption(
      new Option('--port <n>', 'port; 0 takes any that is free')
        .argParser((text) => wholeNumber(text, 0, 65_535))
        .default(DEFAULT_PORT),
    )
    .addOption(
      new Option('--host <address>', 'this machine only').choices(['127.0.0.1']).default('127.0.0.1'),
    )
    .action(async (options: ServeOptions) => finish(await serve(options, context)));
}

const PROGRAM_HELP = `
Start with one file. Nothing is changed, you only see what would be:
  sgcode harden app.py
With a language model, what tested rewrites leave is repaired too; this shows what can be reached:
  sgcode models

Exit codes: 0 no counted finding is left, 1 findings are left or a file failed, 2 wrong usage.
NO_COLOR=1 switches colors off. SGCODE_HOME moves the folder that keeps the runs, SGCODE_GGAN
names another folder with a graph network.`;

const ANALYZE_HELP = `
Examples:
  sgcode analyze src
  sgcode analyze src --format sarif > findings.sarif    for code scanning
  sgcode analyze src --policy paper                     count every finding
  sgcode analyze app.py --explain                       where the graph network looks, and why

With --explain the table shows flagged lines and flows, JSON every line with its risk. SARIF has a
second run, sgcode-ggan, whose results are of the kind "review": a risk is no finding and changes no
exit code.

Exit codes: 0 no counted finding, 1 findings, or a file could not be analyzed, 2 wrong usage.`;

const REPORT_HELP = `
Examples:
  sgcode report 0123456789abcdef0123456789abcdef --format html > report.html
  sgcode report 0123456789abcdef0123456789abcdef --format pdf > report.pdf
  sgcode report 0123456789abcdef0123456789abcdef --format patch | git apply`;
