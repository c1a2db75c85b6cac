import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { finalizeAbandonedRuns } from '#hardening/finalize-run.ts';
import { createRun } from '#ports/run-store/create-run.ts';
import type { LocalConfig } from '../../local-config.ts';
import { type Findings, inspect } from './account.ts';
import { createFaultPlan, type FaultPlan, type FaultTally } from './fault-plan.ts';
import { type FaultyCloud, openFaultyCloud } from './faulty-cloud.ts';
import { executeWithFaults } from './faulty-execution.ts';
import { programOf } from './programs.ts';

export type FaultsOptions = {
  runs: number;
  seed: number;
  /** Multiplies the faults of requests, which are 11 % of them: at 1 the SDK's four tries nearly always do. */
  severity?: number;
  config: LocalConfig;
  concurrency?: number;
};

export type FaultsResult = Findings & {
  tally: FaultTally;
  /** Requests that a caller had to send once more. */
  repeated: number;
  /** Runs that the sweep had to finalize. */
  swept: number;
  seconds: number;
};

/** Faults are met again and again: a caller who gives up earlier has asked nothing. */
const CALLER_TRIES = 50;
const SWEEPS = 20;

/**
 * Sends so many programs through the adapters of AWS with faults at every request, and looks what has become of each.
 * Covers creating, launching, the state machine's loop, reports, keys, finalizing and the sweep; the API's own layer and
 * Lambda itself are not part of it.
 */
export async function runWithFaults({
  runs,
  seed,
  severity = 1,
  config,
  concurrency = 16,
}: FaultsOptions): Promise<FaultsResult> {
  const started = performance.now();
  const plan = createFaultPlan(seed, severity);
  const cloud = await openFaultyCloud(config, plan);
  try {
    const finishes = countFinishes(cloud);
    plan.begin();
    let repeated = 0;
    const asked = new Map<number, string>();
    const executing = new Map<string, Promise<void>>();
    await eachOf(runs, concurrency, async (number) => {
      const { runId, tries } = await request(cloud, plan, number);
      repeated += tries - 1;
      asked.set(number, runId);
      if (!executing.has(runId)) executing.set(runId, execute(cloud, plan, runId));
      await executing.get(runId);
    });
    const swept = await sweep(cloud);
    const findings = await inspect(cloud, asked, finishes);
    const seconds = (performance.now() - started) / 1000;
    return { ...findings, tally: plan.tally, repeated, swept, seconds };
  } finally {
    await cloud.close();
  }
}

/** A caller of the API: sends the request again, with the same Idempotency-Key, until it is answered. */
async function request(
  cloud: FaultyCloud,
  plan: FaultPlan,
  number: number,
): Promise<{ runId: string; tries: number }> {
  const send = async () => {
    const { run } = await createRun(cloud.services, programOf(number));
    await cloud.services.runLauncher.launch(run.id);
    return run.id;
  };
  for (let tries = 1; ; tries += 1) {
    const sent = await Promise.allSettled(plan.isRequestRepeated() ? [send(), send()] : [send()]);
    const ids = new Set(sent.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
    const [runId] = ids;
    if (ids.size > 1) throw new Error(`one request became the runs ${[...ids].join(', ')}`);
    if (runId !== undefined) return { runId, tries };
    if (tries === CALLER_TRIES && sent[0]?.status === 'rejected') throw sent[0].reason;
  }
}

const DocumentSchema = z.looseObject({ state: z.looseObject({ runId: z.string() }) });

/** What Step Functions does with an execution that was started. */
async function execute(cloud: FaultyCloud, plan: FaultPlan, runId: string): Promise<void> {
  const executionArn = `${cloud.stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;
  const { input = '' } = await cloud.sound.sfn.send(new DescribeExecutionCommand({ executionArn }));
  const document = DocumentSchema.parse(JSON.parse(input));
  await executeWithFaults(cloud.services, { runId, document, plan });
}

/** The scheduled sweep, when every run is past its time. Returns how many runs it had to finalize. */
async function sweep({ services, later }: FaultyCloud): Promise<number> {
  let swept = 0;
  for (let sweeps = 0; sweeps < SWEEPS; sweeps += 1) {
    try {
      const abandoned = await later.abandoned();
      if (abandoned.length === 0) return swept;
      swept += abandoned.length;
      await finalizeAbandonedRuns({ ...services, runStore: later });
    } catch {
      // The next sweep.
    }
  }
  return swept;
}

/** Counts, for each run, how many were told that their outcome was the first. */
function countFinishes({ services, later }: FaultyCloud): Map<string, number> {
  const finishes = new Map<string, number>();
  for (const store of [services.runStore, later]) {
    const { finish } = store;
    store.finish = async (id, outcome) => {
      const isFirst = await finish(id, outcome);
      if (isFirst) finishes.set(id, (finishes.get(id) ?? 0) + 1);
      return isFirst;
    };
  }
  return finishes;
}

async function eachOf(count: number, concurrency: number, work: (number: number) => Promise<void>) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
