import { resolve } from 'node:path';
import { ArmSchema } from '#domain/benchmark-record.ts';
import { mechanismNames, paperPipelineArms, untouchedArm } from '../benchmark/arms.ts';
import type { BenchmarkRequest } from '../benchmark/benchmark-request.ts';
import type { BenchmarkContext } from './command-context.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';

export type BenchmarkOptions = Pick<
  SettingsOptions,
  'policy' | 'analyzers' | 'behavior' | 'databaseDriver'
> & {
  mechanisms: string[];
  models?: string[];
  outputs?: string[];
  paperPipeline?: string;
  sample?: number;
  seed: number;
  jobs?: number;
  out?: string;
  resume?: boolean;
};

/** Runs a benchmark over a folder of programs or a file of tasks. Returns the exit code; rejects with UsageError. */
export async function benchmark(
  dataSet: string,
  options: BenchmarkOptions,
  context: BenchmarkContext,
): Promise<number> {
  const request: BenchmarkRequest = {
    dataSet: resolve(context.cwd, dataSet),
    mechanisms: readMechanisms(options),
    outputs: readOutputs(options, context.cwd),
    paperPipeline: options.paperPipeline === undefined ? null : resolve(context.cwd, options.paperPipeline),
    sample: options.sample === undefined ? null : { size: options.sample, seed: options.seed },
    policy: options.policy,
    analyzers: options.analyzers,
    behavior: options.behavior,
    databaseDriver: options.databaseDriver,
    jobs: options.jobs ?? null,
    out: options.out === undefined ? null : resolve(context.cwd, options.out),
    resume: options.resume ?? false,
  };
  return context.runBenchmark(request);
}

function readMechanisms({ mechanisms, models }: BenchmarkOptions): string[] {
  for (const name of mechanisms) {
    if (mechanismNames.includes(name)) continue;
    throw new UsageError(`there is no mechanism ${name}; there is: ${mechanismNames.join(', ')}`);
  }
  if (models !== undefined) {
    throw new UsageError(
      `--models goes with a mechanism that asks one, and ${mechanisms.join(', ')} asks none`,
    );
  }
  return mechanisms;
}

function readOutputs(
  { outputs = [], mechanisms }: BenchmarkOptions,
  cwd: string,
): BenchmarkRequest['outputs'] {
  const fixed = [untouchedArm, ...Object.values(paperPipelineArms)].map(({ name }) => name);
  const taken = new Set([...fixed, ...mechanisms]);
  return outputs.map((text) => {
    const [name = '', ...rest] = text.split('=');
    const folder = rest.join('=');
    if (!ArmSchema.shape.name.safeParse(name).success || folder === '') {
      throw new UsageError(`--outputs ${text}: write NAME=FOLDER, such as theirs=out/theirs`);
    }
    if (taken.has(name)) throw new UsageError(`--outputs ${text}: ${name} is the name of another arm`);
    taken.add(name);
    return { name, folder: resolve(cwd, folder) };
  });
}
