// Trains the gGAN: `npm run train:ggan`, or one of its tasks: `npm run train:ggan -- ablate`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { readLocalConfig, workingFolder } from '../local-config.ts';
import { type TrainingStep, type TrainingTask, trainingSteps, trainingTasks } from './training-steps.ts';

const HELP = `
Tasks:
  model     programs, graphs, five folds, the final model, its thresholds: writes models/ggan
  measure   five folds: what the model is measured by
  ablate    five folds for every variant: the table of the model card
  loop      tasks hardened by the folds' models, beside hardening without the gGAN
  cost      time and memory of the model that ships
  table     print the figures measured so far
  test      the tests of the training itself

What follows -- goes to the Python program, such as --epochs 5.`;

const config = readLocalConfig(process.env, process.cwd());
const typedIn = workingFolder(process.env, process.cwd());

const program = new Command('npm run train:ggan --')
  .description('train and measure the graph network')
  .addArgument(new Argument('[task]', 'what to do').choices(trainingTasks).default('model'))
  .argument('[options...]', 'for the Python program')
  .option('--data <folder>', 'the folder with repair-pairs and seccodeplt', '../shared/data')
  .addHelpText('after', HELP)
  .action(async (task: TrainingTask, extra: string[], options: { data: string }) => {
    const shared = resolve(typedIn, options.data);
    if (task !== 'table' && task !== 'test' && !existsSync(join(shared, 'repair-pairs'))) {
      program.error(`There is no repair-pairs in ${shared}: name the folder of the data with --data.`, {
        exitCode: 2,
      });
    }
    const scratch = join(config.home, 'ggan');
    mkdirSync(scratch, { recursive: true });
    for (const step of trainingSteps(task, { checkout: config.checkout, shared, scratch }, extra)) {
      if (!(await finish(step))) return;
    }
  });
await program.parseAsync();

async function finish({ title, command, args, cwd, env }: TrainingStep): Promise<boolean> {
  process.stderr.write(`\n${title}\n`);
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code === 0) return true;
  process.stderr.write(`${title}: failed. What is done so far is kept.\n`);
  process.exitCode = 1;
  return false;
}
