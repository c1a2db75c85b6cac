import { z } from 'zod';
import { NotFoundError } from '#domain/errors.ts';
import type { RunId } from '#domain/loop-state.ts';
import type { WorkerInput, WorkerStepName } from '#domain/worker-steps.ts';
import type { Services } from '#ports/services.ts';
import type { Worker } from '#ports/worker/worker.ts';
import { finalizeRun } from './finalize-run.ts';
import { initialDocument } from './initial-document.ts';
import { localMachine, type TaskHandlers } from './local-machine.ts';
import { steps } from './steps.ts';

/** What a local run needs: the steps' services and the Python worker. */
export type RunServices = Services & { worker: Worker };

export type RunHooks = {
  /** Told the name of every state that the machine enters, in order. */
  onState?: (name: string) => void;
};

/** The payload with which the machine calls a worker state. */
const WorkerEventSchema = z.object({ input: z.record(z.string(), z.unknown()) });

/**
 * Runs a queued run to its report in this process: the same state machine and handlers as on AWS. A run that is
 * at work or finished is left alone.
 * Never rejects for a failing step; rejects with NotFoundError or StoreUnavailableError.
 */
export async function executeRun(
  services: RunServices,
  runId: RunId,
  { onState }: RunHooks = {},
): Promise<void> {
  const run = await services.runStore.get(null, runId);
  if (!run) throw new NotFoundError(`no run ${runId}`);
  if (run.status !== 'queued') return;
  await services.runStore.markRunning(runId);
  // While the worker analyzes the code, the network can be opened.
  if (run.settings.ggan) services.riskModel.prepare();
  try {
    const execution = localMachine.run(initialDocument(run, new Date()), {
      overrides: { taskResourceLocalHandlers: await localHandlers(services) },
    });
    await Promise.all([execution.result, onState ? tellStates(execution.eventLogs, onState) : null]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Whatever another step throws is caught by the machine and ends in Report.
    await finalizeRun(services, run, { step: 'Report', reason: message });
  }
}

async function tellStates(
  events: ReturnType<typeof localMachine.run>['eventLogs'],
  onState: (name: string) => void,
): Promise<void> {
  for await (const event of events) {
    if (event.type === 'StateEntered') onState(event.state.name);
  }
}

async function localHandlers(services: RunServices): Promise<TaskHandlers> {
  const entries = await Promise.all(
    Object.entries(steps).map(async ([name, step]) => {
      if (step.runs === 'node') return [name, (await step.load()).createHandler(services)];
      return [name, (event: unknown) => runWorkerStep(services.worker, step.step, event)];
    }),
  );
  return Object.fromEntries(entries);
}

function runWorkerStep(worker: Worker, step: WorkerStepName, event: unknown): Promise<unknown> {
  const { input } = WorkerEventSchema.parse(event);
  return worker.run(step, input as WorkerInput<typeof step>);
}
