import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { type HardenOptions, harden } from './harden.ts';
import { MECHANISM_HELP, mechanismOption } from './model-options.ts';
import { addRunOptions } from './run-options.ts';

/** Adds `harden` to the command line. */
export function addHarden(
  program: Command,
  context: CommandContext,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('harden')
    .description('secure files, or all *.py of folders')
    .argument('<path...>', 'files and folders')
    .addOption(
      new Option('--out <dir>', 'write every file, changed or not, below this folder').conflicts('write'),
    )
    .option('--write', 'change the files in place')
    .option('--json <file>', 'write figures and verdicts as JSON; - is stdout')
    .option('--details', 'say what every light checked and cannot tell')
    .addOption(mechanismOption());
  addRunOptions(command)
    .addHelpText('after', HARDEN_HELP)
    .action(async (paths: string[], options: HardenOptions) => finish(await harden(paths, options, context)));
}

const HARDEN_HELP = `
Without --out and --write the diff and the evidence are printed and nothing is changed.

Examples:
  sgcode harden app.py                            show what would change, and why
  sgcode harden src --out secured                 keep src, write the result to secured/
  sgcode harden src --write                       change only the files that a fix was accepted for
  sgcode harden src --out secured --json -        the same, with the figures as JSON on stdout
  sgcode harden app.py --tests test_app.py        take no change that breaks one of your tests
  sgcode harden app.py --model qwen2.5-coder      let a model repair what tested rewrites leave
  sgcode harden app.py --model gpt-4.1-mini --max-cost 0.05

${MECHANISM_HELP}

Folders are searched for *.py. Hidden folders, virtual environments, node_modules and symbolic
links are passed over, which is said. A file that cannot be read or analyzed fails alone and is
written as it came.

Exit codes: 0 every file ends without a counted finding, 1 findings are left or a file failed,
2 wrong usage, 130 stopped by Ctrl-C (what is done is kept and reported).`;
