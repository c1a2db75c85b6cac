import { type Command, InvalidArgumentError, Option } from 'commander';
import { mechanismNames } from '../benchmark/arms.ts';
import { type BenchmarkOptions, benchmark } from './benchmark.ts';
import type { BenchmarkContext } from './command-context.ts';
import {
  apiKeyEnvOption,
  baseUrlOption,
  maxCostOption,
  maxModelCallsOption,
  maxTokensOption,
} from './model-options.ts';
import {
  analyzersOption,
  behaviorOption,
  databaseDriverOption,
  maxIterationsOption,
  maxSecondsOption,
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
  const command = program
    .command('benchmark')
    .description('measure mechanisms over many programs: what is secured, kept, and at what cost')
    .argument('<dataset>', 'a folder of *.py, or a file of JSON Lines')
    .addOption(
      new Option(
        '--mechanisms <names>',
        `by commas: ${mechanismNames.join(', ')}; without: hybrid where a model is named, else rules`,
      ).argParser(parseNames),
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
      new Option(
        '--jobs <n>',
        'programs at once; without: as many as there are cores, one where a model is asked',
      ).argParser((text) => wholeNumber(text, 1, MAX_JOBS)),
    )
    .addOption(policyOption())
    .addOption(analyzersOption())
    .addOption(behaviorOption())
    .addOption(databaseDriverOption())
    .addOption(maxIterationsOption())
    .addOption(maxSecondsOption());
  for (const option of modelOptions()) command.addOption(option.helpGroup('Models:'));
  command
    .addHelpText('after', BENCHMARK_HELP)
    .action(async (dataSet: string, options: BenchmarkOptions) =>
      finish(await benchmark(dataSet, options, context)),
    );
}

function modelOptions(): Option[] {
  return [
    new Option('--model <name>', 'for mechanisms that ask a language model').conflicts('models'),
    new Option('--models <names>', 'by commas: an arm for each mechanism and model').argParser(parseNames),
    baseUrlOption(),
    apiKeyEnvOption(),
    new Option(
      '--records <file>',
      'what models answered: known questions are answered from there, others asked and added; without: calls.jsonl in the folder of the records',
    ),
    maxModelCallsOption(),
    maxTokensOption(),
    maxCostOption(),
  ];
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It takes names, by commas.');
  return [...new Set(names)];
}

const BENCHMARK_HELP = `
The untouched input is measured beside everything else. What comes out is run beside the input,
sealed off, to tell whether it does the same; --behavior never leaves that out, --behavior always
lets every mechanism do it before it accepts. What a model touched is run before it is accepted
in any case but --behavior never.

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

  sgcode benchmark programs --mechanisms promsec,findings --model NAME --base-url URL
                                                                  two mechanisms with one model
Keys are read from environment variables only, and written nowhere. No question is put to a model
twice: what was answered is kept, so a benchmark that is stopped goes on without asking again, and
--records repeats it without a server.

Every measured program is one line of records.jsonl at once, so it can be stopped at any time.

Exit codes: 0 everything was measured, 1 it could not be, 2 wrong usage, 130 stopped by Ctrl-C.`;
