import { resolve } from 'node:path';
import { ArmSchema } from '#domain/benchmark-record.ts';
import { ModelBudgetSchema } from '#domain/model-settings.ts';
import { mechanismArms, mechanismNames, paperPipelineArms, untouchedArm } from '../benchmark/arms.ts';
import type { BenchmarkRequest } from '../benchmark/benchmark-request.ts';
import { benchmarkModels } from './benchmark-models.ts';
import type { BenchmarkContext } from './command-context.ts';
import type { ModelOptions } from './model-options.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';

export type BenchmarkOptions = Pick<
  SettingsOptions,
  'policy' | 'analyzers' | 'behavior' | 'databaseDriver' | 'maxIterations' | 'maxSeconds'
> &
  Pick<ModelOptions, 'model' | 'baseUrl' | 'apiKeyEnv' | 'maxModelCalls' | 'maxTokens' | 'maxCost'> & {
    mechanisms?: string[];
    models?: string[];
    records?: string;
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
  const pathOf = (path: string | undefined) => (path === undefined ? null : resolve(context.cwd, path));
  const mechanisms = readMechanisms(options);
  const models = await benchmarkModels(options, mechanisms, context);
  const names = models.map(({ settings }) => settings.name);
  const armNames = mechanismArms(mechanisms, names).map(({ name }) => name);
  const request: BenchmarkRequest = {
    dataSet: resolve(context.cwd, dataSet),
    mechanisms,
    models,
    budget: ModelBudgetSchema.parse({
      maxCalls: options.maxModelCalls,
      maxTokens: options.maxTokens,
      maxCostUsd: options.maxCost,
    }),
    calls: pathOf(options.records),
    maxIterations: options.maxIterations,
    maxSeconds: options.maxSeconds,
    outputs: readOutputs(options, armNames, context.cwd),
    paperPipeline: pathOf(options.paperPipeline),
    sample: options.sample === undefined ? null : { size: options.sample, seed: options.seed },
    policy: options.policy,
    analyzers: options.analyzers,
    behavior: options.behavior,
    databaseDriver: options.databaseDriver,
    jobs: options.jobs ?? null,
    out: pathOf(options.out),
    resume: options.resume ?? false,
  };
  return context.runBenchmark(request);
}

function readMechanisms({ mechanisms, model, models }: BenchmarkOptions): string[] {
  if (mechanisms === undefined) return [(model ?? models) === undefined ? 'rules' : 'hybrid'];
  for (const name of mechanisms) {
    if (mechanismNames.includes(name)) continue;
    throw new UsageError(`there is no mechanism ${name}; there is: ${mechanismNames.join(', ')}`);
  }
  return mechanisms;
}

function readOutputs(
  { outputs = [] }: BenchmarkOptions,
  armNames: readonly string[],
  cwd: string,
): BenchmarkRequest['outputs'] {
  const fixed = [untouchedArm, ...Object.values(paperPipelineArms)].map(({ name }) => name);
  const taken = new Set([...fixed, ...armNames]);
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
