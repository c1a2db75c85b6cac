// Tunes and merges a SafeCoder model: `npm run train:safecoder -- train --base FOLDER`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { readLocalConfig, workingFolder } from '../local-config.ts';
import { type SafeCoderOptions, safeCoderArgs, safeCoderTasks } from './safe-coder-args.ts';

const HELP = `
Tasks:
  train   tune an adapter on real fixes, and measure it on repositories that it has not seen
  merge   merge an adapter into its base model, to be served
  test    the tests of the training itself

What follows -- goes to the Python program, such as --epochs 5 --rate 1e-3 --device cuda.`;

const config = readLocalConfig(process.env, process.cwd());
const typedIn = workingFolder(process.env, process.cwd());

const program = new Command('npm run train:safecoder --')
  .description('tune and merge a SafeCoder model')
  .addArgument(new Argument('<task>', 'what to do').choices(safeCoderTasks))
  .argument('[options...]', 'for the Python program')
  .option('--base <folder>', "the base model, in Hugging Face's format")
  .option('--data <folder>', 'the folder with repair-pairs', '../shared/data')
  .option('--instructions <file>', 'standard samples, JSONL: instruction, input, output')
  .option('--adapter <folder>', 'what train wrote; .sgcode/safecoder/adapter where it is left out')
  .option('--out <folder>', 'where the result goes; a folder in .sgcode/safecoder where it is left out')
  .addHelpText('after', HELP)
  .action(async (task: (typeof safeCoderTasks)[number], extra: string[], options: SafeCoderOptions) => {
    const places = { typedIn, scratch: join(config.home, 'safecoder') };
    const { args, needed } = safeCoderArgs(task, options, places);
    for (const { option, path } of needed) {
      if (path === null) program.error(`${task} needs ${option}.`, { exitCode: 2 });
      else if (!existsSync(path))
        program.error(`There is no ${path}: name it with ${option}.`, { exitCode: 2 });
    }
    process.exitCode = await runPython([...args, ...extra]);
  });
await program.parseAsync();

async function runPython(args: string[]): Promise<number> {
  const cwd = join(config.checkout, 'models', 'safecoder', 'training');
  const python = join(config.checkout, '.venv-safecoder', 'bin', 'python');
  if (!existsSync(python)) {
    program.error(`There is no ${python}: "npm run train:safecoder" makes it.`, { exitCode: 2 });
  }
  const env = { ...process.env, PYTHONPATH: cwd, PYTHONUNBUFFERED: '1', HF_HUB_DISABLE_TELEMETRY: '1' };
  const child = spawn(python, args, { cwd, env, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
}
