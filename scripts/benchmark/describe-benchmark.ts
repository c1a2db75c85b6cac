import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type BenchmarkDescription, TOKENIZER } from '#domain/benchmark-description.ts';
import type { Arm } from '#domain/benchmark-record.ts';
import type { DescribeOutput } from '#domain/worker-steps.ts';
import { UsageError } from '../commands/usage-error.ts';
import { asksModel } from './arms.ts';
import type { BenchmarkRequest } from './benchmark-request.ts';
import type { DataSet } from './data-sets/data-set.ts';
import type { OtherOutputs } from './other-outputs.ts';

type Versions = BenchmarkDescription['versions'];

/** The benchmark as its folder keeps it. */
export function describeBenchmark(
  request: BenchmarkRequest,
  {
    dataSet,
    arms,
    outputs,
    versions,
  }: { dataSet: DataSet; arms: Arm[]; outputs: OtherOutputs[]; versions: Versions },
): BenchmarkDescription {
  const { policy, analyzers, behavior, databaseDriver, maxIterations, maxSeconds, sample } = request;
  const usesModel = arms.some((arm) => arm.usesModel);
  return {
    format: 1,
    startedAt: new Date().toISOString(),
    dataSet: {
      path: dataSet.path,
      kind: dataSet.kind,
      programs: dataSet.entries.length,
      sha256: dataSet.sha256,
    },
    sample,
    arms,
    outputs: outputs.map(({ arm, path, sha256 }) => ({ arm: arm.name, path, sha256 })),
    settings: {
      policy,
      analyzers,
      behavior,
      databaseDriver,
      maxIterations,
      maxSeconds,
      models: usesModel ? request.models.map(({ settings }) => settings) : [],
      budget: usesModel ? request.budget : null,
      jobs: jobsOf(request),
    },
    versions,
    machine: {
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model.trim() || 'unknown',
      cores: availableParallelism(),
      memoryMiB: Math.round(totalmem() / 1024 / 1024),
    },
  };
}

/** How many programs are measured at once. Where a model is asked it is one: local servers answer one at a time. */
export function jobsOf({ jobs, mechanisms }: Pick<BenchmarkRequest, 'jobs' | 'mechanisms'>): number {
  return jobs ?? (mechanisms.some(asksModel) ? 1 : availableParallelism());
}

/**
 * Throws UsageError that names the first part in which an earlier benchmark differs from this one, for records of
 * both would not be comparable. Where the data lies and when it began does not matter.
 */
export function checkSame(earlier: BenchmarkDescription, now: BenchmarkDescription, folder: string): void {
  const before = parts(earlier);
  const difference = Object.entries(parts(now)).find(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  if (!difference) return;
  const [name, value] = difference;
  throw new UsageError(
    `${folder} holds another benchmark: ${name} was ${JSON.stringify(before[name])} and is ${JSON.stringify(value)} now. Resume it as it was begun, or name another folder with --out.`,
  );
}

function parts({ dataSet, sample, arms, outputs, settings, versions, machine }: BenchmarkDescription) {
  const all: Record<string, unknown> = {
    'the data set': { kind: dataSet.kind, programs: dataSet.programs, sha256: dataSet.sha256 },
    '--sample': sample,
    'the arms': arms,
    'the outputs of others': outputs.map(({ arm, sha256 }) => ({ arm, sha256 })),
  };
  for (const [name, value] of Object.entries(settings)) all[`--${kebab(name)}`] = value;
  for (const [name, value] of Object.entries(versions)) all[`the version of ${name}`] = value;
  for (const [name, value] of Object.entries(machine)) all[`the machine's ${name}`] = value;
  return all;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The versions of all but the gGAN that has a part in the figures; `worker` is what the worker says of itself. */
export async function describeVersions(
  checkout: string,
  worker: DescribeOutput,
  used: readonly string[],
): Promise<Omit<Versions, 'ggan'>> {
  return {
    sgcode: await packageVersion(checkout),
    commit: await commitOf(checkout),
    node: process.versions.node,
    python: worker.python,
    analyzers: worker.analyzers
      .filter(({ name }) => used.includes(name))
      .map(({ name, version }) => ({ name, version })),
    tokenizer: TOKENIZER,
  };
}

async function packageVersion(checkout: string): Promise<string> {
  const text = await readFile(join(checkout, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

async function commitOf(checkout: string): Promise<string | null> {
  try {
    const args = ['-C', checkout, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', args);
    return stdout.trim();
  } catch {
    return null;
  }
}
