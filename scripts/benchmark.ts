// Prints the project's figures, measured now on this machine:
//   npm run benchmark -- programs [--data FOLDER] [--behavior always]    what `rules` secures, and in what time
//   npm run benchmark -- analysis [--data FOLDER]                        the warm worker beside the bandit command
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BehaviorModeSchema } from '#domain/loop-state.ts';
import { benchmarkNames, runBenchmark } from './benchmark/run-benchmark.ts';
import { readLocalConfig, workingFolder } from './local-config.ts';

try {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' }, behavior: { type: 'string', default: 'auto' } },
    allowPositionals: true,
  });
  const names = z.array(z.enum(benchmarkNames)).safeParse(positionals);
  if (!names.success) throw new TypeError(`the benchmarks are: ${benchmarkNames.join(', ')}`);

  const behavior = BehaviorModeSchema.safeParse(values.behavior);
  if (!behavior.success) throw new TypeError(`--behavior takes: ${BehaviorModeSchema.options.join(', ')}`);

  const config = readLocalConfig(process.env, process.cwd());
  const folder = values.data
    ? resolve(workingFolder(process.env, process.cwd()), values.data)
    : join(sharedData(config.checkout), 'promsec', 'testing');
  for (const name of names.data.length > 0 ? names.data : benchmarkNames) {
    process.stdout.write(
      `${name}, ${folder}\n\n${await runBenchmark(name, { folder, behavior: behavior.data }, config)}\n\n`,
    );
  }
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

function sharedData(checkout: string): string {
  return process.env.SGCODE_SHARED_DATA ?? join(checkout, '..', 'shared', 'data');
}
