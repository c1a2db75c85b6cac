import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchmarkDescriptionSchema } from '#domain/benchmark-description.ts';
import { type BenchmarkResult, BenchmarkResultSchema } from '#domain/benchmark-result.ts';
import type { BehaviorMode } from '#domain/loop-state.ts';
import type { Output } from '../../commands/output.ts';
import type { LocalConfig } from '../../local-config.ts';
import { files } from '../benchmark-folder.ts';
import { rulesRequest } from '../benchmark-request.ts';
import { sha256 } from '../data-sets/hashes.ts';
import { comparable, recordsOf } from '../kill-and-resume.ts';
import { runAnalysis } from '../run-analysis.ts';
import { runBenchmark } from '../run-benchmark.ts';
import { armFigures } from './arm-figures.ts';
import { type PublishedResult, type PublishedRun, RENEW_COMMAND, type RunName } from './published-result.ts';

/** Where the programs and the answers lie below the folder of the data. */
export type PublishedData = { folder: string; programs: string; answers: string };

type Context = { config: LocalConfig; stderr: Output; signal: AbortSignal };

type Plan = { name: RunName; behavior: BehaviorMode; jobs: number; besidePipeline: boolean };

const PLANS: readonly Plan[] = [
  { name: 'beside-the-pipeline', behavior: 'auto', jobs: 1, besidePipeline: true },
  { name: 'behavior-always', behavior: 'always', jobs: 1, besidePipeline: false },
  { name: 'behavior-always-two', behavior: 'always', jobs: 2, besidePipeline: false },
  { name: 'one-process', behavior: 'never', jobs: 1, besidePipeline: false },
  { name: 'two-processes', behavior: 'never', jobs: 2, besidePipeline: false },
];

/**
 * Measures everything that is published, one benchmark after the other, and leaves their records in folders below
 * `out`. Rejects where one of them cannot be run to its end.
 */
export async function measurePublished(
  data: PublishedData,
  out: string,
  context: Context,
): Promise<PublishedResult> {
  const measured = [];
  for (const plan of PLANS) {
    context.stderr.write(`\n${plan.name}: ${commandOf(plan, data)}\n`);
    measured.push(await measure(plan, data, join(out, plan.name), context));
  }
  const [first] = measured;
  if (first === undefined) throw new Error('there is nothing to publish');
  const { description, result } = first;
  const untouched = first.records.filter(({ arm }) => arm === 'untouched');
  const analysis = await runAnalysis(join(data.folder, data.programs), context.config);
  const { dataSet, outputs, startedAt, versions, machine } = description;
  return {
    format: 1,
    command: RENEW_COMMAND,
    startedAt,
    versions,
    machine,
    dataSet: {
      name: data.programs,
      sha256: dataSet.sha256,
      programs: dataSet.programs,
      notCompiling: untouched.filter(({ input }) => !input.compiles).length,
    },
    answers: { name: data.answers, sha256: outputs[0]?.sha256 ?? '' },
    runs: measured.map(({ run }) => run),
    pipelineRatios: result.pipelineRatios,
    analysis,
  };
}

async function measure(plan: Plan, data: PublishedData, out: string, { config, stderr, signal }: Context) {
  const { behavior, jobs, besidePipeline } = plan;
  const started = performance.now();
  let measuringSeconds = Number.NaN;
  const exitCode = await runBenchmark(
    rulesRequest({
      dataSet: join(data.folder, data.programs),
      paperPipeline: besidePipeline ? join(data.folder, data.answers) : null,
      behavior,
      jobs,
      out,
    }),
    {
      config,
      stdout: { ...stderr, write: () => {} },
      stderr,
      signal,
      onMeasured: (seconds) => {
        measuringSeconds = seconds;
      },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (exitCode !== 0) throw new Error(`the run ${plan.name} was stopped, and nothing is published`);
  const [description, result, records, written] = await Promise.all([
    readFile(join(out, files.description), 'utf8').then((text) =>
      BenchmarkDescriptionSchema.parse(JSON.parse(text)),
    ),
    readFile(join(out, 'results.json'), 'utf8').then((text) => BenchmarkResultSchema.parse(JSON.parse(text))),
    recordsOf(out),
    readFile(join(out, files.records)),
  ]);
  const lost = records.find(({ arm, ms }) => arm !== 'untouched' && ms.total === null);
  if (lost) throw new Error(`${lost.program} was not measured in ${plan.name}, ${lost.arm}: ${lost.reason}`);
  const run: PublishedRun = {
    name: plan.name,
    command: commandOf(plan, data),
    behavior,
    jobs,
    seconds,
    measuringSeconds,
    records: records.length,
    recordsSha256: sha256(written),
    withoutTimesSha256: sha256(JSON.stringify(records.map(comparable))),
    arms: armsOf(result).map((row) => armFigures(row, records)),
  };
  return { run, description, result, records };
}

function armsOf({ tables }: BenchmarkResult) {
  return tables.find(({ name }) => name === 'all')?.rows ?? [];
}

function commandOf({ behavior, jobs, besidePipeline }: Plan, { programs, answers }: PublishedData): string {
  const beside = besidePipeline ? ` --paper-pipeline ${answers}` : '';
  return `sgcode benchmark ${programs} --behavior ${behavior} --jobs ${jobs}${beside}`;
}
