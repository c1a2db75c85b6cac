import { type Command, InvalidArgumentError, Option } from 'commander';
import { mechanismNames } from '../benchmark/arms.ts';
import { type BenchmarkOptions, benchmark } from './benchmark.ts';
import type { BenchmarkContext } from './command-context.ts';
import {
  analyzersOption,
  behaviorOption,
  databaseDriverOption,
  policyOption,
  wholeNumber,
} from './settings-options.ts';

const MAX_JOBS = 64;
const MAX_PROGRAMS = 1_000_000;
const MAX_SEED = 999_999_999;

/** Adds `benchmark` to the command line. */
export function addBenchmark(
  program: Command,
  context: BenchmarkContext,
  finish: (exitCode: number) => void,
): void {
  program
    .command('benchmark')
    .description('measure mechanisms over many programs: what is secured, kept, and at what cost')
    .argument('<dataset>', 'a folder of *.py, or a file of JSON Lines')
    .addOption(
      new Option('--mechanisms <names>', `by commas: ${mechanismNames.join(', ')}`)
        .argParser(parseNames)
        .default(['rules'], 'rules'),
    )
    .addOption(
      new Option('--models <names>', 'by commas, for mechanisms that ask a language model').argParser(
        parseNames,
      ),
    )
    .option('--outputs <name=folder...>', 'judge files of the same names that another system made')
    .option(
      '--paper-pipeline <folder>',
      "run the paper's pipeline beside, its language model answering with the files there",
    )
    .addOption(
      new Option('--sample <n>', 'take that many programs by chance').argParser((text) =>
        wholeNumber(text, 1, MAX_PROGRAMS),
      ),
    )
    .addOption(
      new Option('--seed <n>', 'the same seed takes the same sample')
        .argParser((text) => wholeNumber(text, 0, MAX_SEED))
        .default(0),
    )
    .option('--out <dir>', 'folder for the records and tables; a new one in the home without')
    .option('--resume', 'go on with a benchmark that was stopped')
    .addOption(
      new Option('--jobs <n>', 'programs at once; as many as there are cores without').argParser((text) =>
        wholeNumber(text, 1, MAX_JOBS),
      ),
    )
    .addOption(policyOption())
    .addOption(analyzersOption())
    .addOption(behaviorOption())
    .addOption(databaseDriverOption())
    .addHelpText('after', BENCHMARK_HELP)
    .action(async (dataSet: string, options: BenchmarkOptions) =>
      finish(await benchmark(dataSet, options, context)),
    );
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It takes names, by commas.');
  return [...new Set(names)];
}

const BENCHMARK_HELP = `
The untouched input is measured beside everything else. What comes out is run beside the input,
sealed off, to tell whether it does the same; --behavior never leaves that out, --behavior always
lets every mechanism do it before it accepts.

The paper's pipeline is re-created without its language model and its graph network: a server that
starts bandit for every analysis, with those that its notebook makes before the first round and
without. Give --jobs 1 where times are to be compared.

Files of JSON Lines have one of two layouts: seccodeplt (tasks with tests, which are run too) or
repair-pairs (functions before and after a fix).

Examples:
  sgcode benchmark programs                                       all *.py of a folder
  sgcode benchmark programs --sample 20 --seed 7                  twenty of them
  sgcode benchmark programs --out results                         keep the records there
  sgcode benchmark programs --out results --resume                go on after it was stopped
  sgcode benchmark programs --outputs theirs=out/theirs           judge another system beside ours
  sgcode benchmark programs --paper-pipeline out/promsec          time the paper's pipeline beside ours

Every measured program is one line of records.jsonl at once, so it can be stopped at any time.

Exit codes: 0 everything was measured, 1 it could not be, 2 wrong usage, 130 stopped by Ctrl-C.`;
