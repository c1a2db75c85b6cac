import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { type GenerateOptions, generate } from './generate.ts';
import { MECHANISM_HELP, mechanismOption } from './model-options.ts';
import { addRunOptions } from './run-options.ts';

/** Adds `generate` to the command line. */
export function addGenerate(
  program: Command,
  context: CommandContext,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('generate')
    .description('write a program from a prompt and secure it')
    .argument('<prompt>', 'what the program is to do; - reads it from stdin')
    .option('--out <file>', 'write the secured program to this file')
    .option('--force', 'with --out: replace a file that is there')
    .option('--json <file>', 'write figures and verdict as JSON; - is stdout')
    .option('--details', 'say what every light checked and cannot tell')
    .addOption(mechanismOption());
  addRunOptions(command)
    .addHelpText('after', GENERATE_HELP)
    .action(async (prompt: string, options: GenerateOptions) =>
      finish(await generate(prompt, options, context)),
    );
}

const GENERATE_HELP = `
The model writes, then the program is secured like any other. What is shown is the secured program,
and what was changed of the one that the model wrote.

Examples:
  sgcode generate "a web page that looks users up by name" --model qwen2.5-coder
  sgcode generate - --model gpt-4.1-mini --out app.py < prompt.txt
  sgcode generate "..." --model qwen2.5-coder --tests test_generated.py
                                    tests import the program by the name of --out, else generated

${MECHANISM_HELP}

Nothing proves that a program does what was asked, unless tests say so.

Exit codes: 0 the program ends without a counted finding, 1 findings are left or nothing was
written, 2 wrong usage, 130 stopped by Ctrl-C.`;
