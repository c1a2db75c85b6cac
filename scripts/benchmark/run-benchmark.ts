import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BenchmarkDescription } from '#domain/benchmark-description.ts';
import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import { countOf, verdictWords } from '#domain/report/wording.ts';
import { readModelFiles } from '#hardening/plan-edits/risk-model/model-files.ts';
import { exitCodeOf } from '../commands/command-context.ts';
import type { Output } from '../commands/output.ts';
import type { LocalConfig } from '../local-config.ts';
import { mechanismArms, outputsArm, paperPipelineArms, settingsOf, untouchedArm } from './arms.ts';
import { files, openBenchmarkFolder } from './benchmark-folder.ts';
import type { BenchmarkRequest } from './benchmark-request.ts';
import { canRunPrograms } from './can-run-programs.ts';
import type { ProgramEntry } from './data-sets/data-set.ts';
import { openDataSet } from './data-sets/open-data-set.ts';
import { describeBenchmark, describeVersions, jobsOf } from './describe-benchmark.ts';
import { type EarlyProcesses, startEarly } from './early-processes.ts';
import { lockFolder } from './folder-lock.ts';
import { ModelOutageError } from './item-process-handle.ts';
import { startItemProgress } from './item-progress.ts';
import { measureAll, type ProgramWork } from './measure-all.ts';
import { type OtherOutputs, openOutputs } from './other-outputs.ts';
import { dropTornLine, openRecordFile, readRecords } from './record-file.ts';
import { takeSample } from './sample.ts';
import { makeScratchFolder } from './scratch-folder.ts';

type Context = {
  config: LocalConfig;
  stdout: Output;
  stderr: Output;
  signal: AbortSignal;
  /** Told how long the measuring took: without the start of the processes, and without the tables. */
  onMeasured?: (seconds: number) => void;
};

/**
 * Measures every program in every arm that has no record yet, and returns the exit code: 0 when all are there, that
 * of the signal when it was stopped. Rejects with UsageError where the request cannot be met, and with
 * ModelOutageError where a model cannot be asked any more; what was measured until then is kept.
 */
export async function runBenchmark(request: BenchmarkRequest, context: Context): Promise<number> {
  const home = await makeScratchFolder();
  const processes = startEarly(jobsOf(request), home, {
    ...request,
    ggan: request.mechanisms.some((name) => settingsOf(name).ggan),
  });
  try {
    return await measureWith(processes, request, context);
  } finally {
    await processes.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function measureWith(
  processes: EarlyProcesses,
  request: BenchmarkRequest,
  context: Context,
): Promise<number> {
  const dataSet = await openDataSet(request.dataSet);
  const outputs = await Promise.all(outputsOf(request).map((each) => openOutputs(each, dataSet)));
  const models = request.models.map(({ settings }) => settings.name);
  const arms = [untouchedArm, ...mechanismArms(request.mechanisms, models), ...outputs.map(({ arm }) => arm)];
  const { checkout, gganDir } = context.config;
  // First, for a gGAN that cannot be used says more of itself here than by processes that do not start.
  const ggan = arms.some(({ usesGgan }) => usesGgan) ? await readModelFiles(gganDir) : null;
  const [canRun, worker] = await Promise.all([
    canRunPrograms(request, dataSet, context),
    processes.description(),
  ]);
  const versions = {
    ...(await describeVersions(checkout, worker, request.analyzers)),
    ggan: ggan?.sha256 ?? null,
  };
  const { folder, description } = await openBenchmarkFolder(
    describeBenchmark(request, { dataSet, arms, outputs, versions }),
    { ...request, home: context.config.home },
  );
  const unlock = await lockFolder(folder);
  try {
    context.stderr.write(`The records go to ${folder}\n`);
    const entries = request.sample ? takeSample(dataSet.entries, request.sample) : dataSet.entries;
    const calls = request.calls ?? join(folder, files.calls);
    if (arms.some(({ usesModel }) => usesModel)) await mkdir(dirname(calls), { recursive: true });
    await measureMissing(
      { entries, arms, outputs, canRun, calls },
      { folder, description, processes },
      context,
    );
  } catch (error) {
    if (error instanceof ModelOutageError) context.stderr.write(howToGoOn(request));
    throw error;
  } finally {
    await unlock();
  }
  if (context.signal.aborted) {
    context.stderr.write(howToGoOn(request));
    return exitCodeOf(context.signal, 1);
  }
  const { deliverResults } = await import('./deliver-results.ts');
  await deliverResults(folder, description, context);
  return 0;
}

function howToGoOn({ out }: BenchmarkRequest): string {
  const where = out === null ? '' : ` --out ${out}`;
  return `Stopped. The same command with${where} --resume goes on where it was.\n`;
}

type Plan = {
  entries: ProgramEntry[];
  arms: Arm[];
  outputs: OtherOutputs[];
  canRun: boolean;
  /** The file of what models answered. */
  calls: string;
};
type Place = { folder: string; description: BenchmarkDescription; processes: EarlyProcesses };

async function measureMissing(
  plan: Plan,
  { folder, description, processes }: Place,
  { stderr, signal, onMeasured }: Context,
): Promise<void> {
  const path = join(folder, files.records);
  const file = openRecordFile(path);
  try {
    await dropTornLine(path);
    const inputs = new Map<string, BenchmarkRecord['input']>();
    const done = new Set<string>();
    for await (const { program, arm, input } of readRecords(path)) {
      done.add(keyOf(program, arm));
      inputs.set(program, input);
    }
    const work = plan.entries
      .map((entry) => programWork(entry, plan, done))
      .filter(({ arms }) => arms.length > 0);
    const progress = startItemProgress(stderr, {
      total: plan.entries.length * plan.arms.length,
      done: done.size,
    });
    const started = performance.now();
    await measureAll(work, description.settings.jobs, {
      startProcess: () => processes.take(),
      lostRecord: async (item, reason) => {
        // Seldom needed, and it loads the tokenizer.
        const { lostRecord } = await import('./lost-record.ts');
        return lostRecord(item, inputs.get(item.program), reason);
      },
      onStart: (program, arm) => progress.start(program, arm),
      onRecord: (record) => {
        file.append(record);
        inputs.set(record.program, record.input);
        progress.finish(record.program, record.arm, verdictWords[record.verdict].label);
      },
      signal,
    });
    progress.end();
    if (signal.aborted) return;
    const seconds = (performance.now() - started) / 1000;
    stderr.write(`${countOf(work.length, 'program')} measured in ${seconds.toFixed(1)} s\n`);
    onMeasured?.(seconds);
  } finally {
    file.close();
  }
}

function programWork(
  entry: ProgramEntry,
  { arms, outputs, canRun, calls }: Plan,
  done: Set<string>,
): ProgramWork {
  const { name } = entry;
  return {
    name,
    arms: arms.filter((arm) => !done.has(keyOf(name, arm.name))),
    item: async (arm) => {
      const { code, tests } = await entry.load();
      const source = outputs.find((each) => each.arm.name === arm.name);
      const output = (await source?.read(name)) ?? null;
      return {
        program: name,
        code,
        tests: canRun ? tests : null,
        arm,
        output,
        calls: arm.usesModel ? calls : null,
      };
    },
  };
}

/** The arms that are given what other systems made of the programs. */
function outputsOf({ outputs, paperPipeline }: BenchmarkRequest): { arm: Arm; folder: string }[] {
  const given = outputs.map(({ name, folder }) => ({ arm: outputsArm(name), folder }));
  if (paperPipeline === null) return given;
  return [...given, ...Object.values(paperPipelineArms).map((arm) => ({ arm, folder: paperPipeline }))];
}

function keyOf(program: string, arm: string): string {
  return JSON.stringify([program, arm]);
}
