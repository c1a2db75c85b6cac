import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Mechanism, MechanismSchema } from '#domain/mechanism.ts';
import type { CommandContext } from './command-context.ts';
import { type CompareOptions, compare, compareFormats } from './compare.ts';
import { MECHANISM_HELP } from './model-options.ts';
import { addRunOptions } from './run-options.ts';
import { behaviorOption } from './settings-options.ts';

/** Adds `compare` to the command line. */
export function addCompare(
  program: Command,
  context: CommandContext,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('compare')
    .description('harden the same files in several ways, change nothing, and show what each comes to')
    .argument('<path...>', 'files and folders')
    .addOption(
      new Option('--mechanisms <names>', 'by commas').argParser(parseMechanisms).makeOptionMandatory(),
    )
    .addOption(new Option('--format <name>', 'how to print').choices(compareFormats).default('table'))
    .option('--json <file>', 'write the comparison as JSON; - is stdout');
  // What operators changed is run too, so that every row says the same.
  addRunOptions(command, behaviorOption().default(undefined, 'always, where programs can be sealed off'))
    .addOption(
      new Option('--models <names>', 'several models in place of --model, by commas')
        .argParser(parseNames)
        .conflicts('model')
        .helpGroup('Models:'),
    )
    .addHelpText('after', COMPARE_HELP)
    .action(async (paths: string[], options: CompareOptions) =>
      finish(await compare(paths, options, context)),
    );
}

function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It takes names, by commas.');
  return [...new Set(names)];
}

function parseMechanisms(text: string): Mechanism[] {
  return parseNames(text).map((name) => {
    const parsed = MechanismSchema.safeParse(name);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`There is: ${MechanismSchema.options.join(', ')}.`);
  });
}

const COMPARE_HELP = `
A mechanism that calls a model is tried with each of --models. The ways are tried one after the
other, on the same code.

Examples:
  sgcode compare app.py --mechanisms rules,hybrid,findings --model qwen2.5-coder
  sgcode compare src --mechanisms promsec --models qwen2.5-coder,gpt-oss:20b --format markdown

${MECHANISM_HELP}

Exit codes: 0 for every file a way is found that leaves no counted finding, 1 there is none for
some, 2 wrong usage, 130 stopped by Ctrl-C (what is done is shown).`;
