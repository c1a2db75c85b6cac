import type { WorkerInput } from '#domain/worker-steps.ts';
import { finalizeRun } from '#hardening/finalize-run.ts';
import { localMachine, type TaskHandlers } from '#hardening/local-machine.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { type StepName, steps } from '#hardening/steps.ts';
import type { FaultPlan } from './fault-plan.ts';

type Handler = (event: unknown) => Promise<unknown>;

/** What every state waits before it is tried again: the machine's own waits say nothing here. */
const RETRY_MS = 10;

/**
 * Executes the state machine on a document, as Step Functions would: functions that fail, answer into nothing or run
 * twice, and now and then an execution that is stopped while one of them is still at work. What does not end by itself
 * is finalized, as the event rule of the stack does it. Never rejects.
 */
export async function executeWithFaults(
  services: RunServices,
  { runId, document, plan }: { runId: string; document: object; plan: FaultPlan },
): Promise<void> {
  const stopBefore = plan.nextStop() ?? Number.POSITIVE_INFINITY;
  const atWork: Promise<unknown>[] = [];
  let begun = 0;
  let stop = () => {};
  const watched =
    (handler: Handler): Handler =>
    async (event) => {
      begun += 1;
      const work = withMishaps(handler, plan)(event);
      atWork.push(work.catch(() => {}));
      if (begun > stopBefore) stop();
      return work;
    };
  const handlers = await handlersOf(services, watched);
  const execution = localMachine.run(document as never, {
    overrides: {
      taskResourceLocalHandlers: handlers,
      retryIntervalOverrides: Object.fromEntries(Object.keys(steps).map((name) => [name, RETRY_MS])),
    },
  });
  let finalizing: Promise<void> | undefined;
  stop = () => {
    if (finalizing) return;
    plan.tally.stopped += 1;
    execution.abort();
    finalizing = finalizeByEvent(services, runId, plan);
  };
  const hasSucceeded = await execution.result.then(
    () => true,
    () => false,
  );
  if (!hasSucceeded) finalizing ??= finalizeByEvent(services, runId, plan);
  await Promise.all([finalizing, ...atWork]);
}

async function handlersOf(
  services: RunServices,
  watched: (handler: Handler) => Handler,
): Promise<TaskHandlers> {
  const entries = await Promise.all(
    (Object.keys(steps) as StepName[]).map(async (name) => {
      const step = steps[name];
      if (step.runs === 'node') return [name, watched((await step.load()).createHandler(services))] as const;
      const run: Handler = async (event) => {
        const { input } = event as { input: WorkerInput<typeof step.step> };
        return services.worker.run(step.step, input);
      };
      return [name, watched(run)] as const;
    }),
  );
  return Object.fromEntries(entries) as TaskHandlers;
}

function withMishaps(handler: Handler, plan: FaultPlan): Handler {
  return async (event) => {
    const mishap = plan.nextMishap();
    if (mishap === 'not invoked') throw named('Lambda.ServiceException');
    if (mishap === 'invoked twice') {
      const [first, second] = await Promise.allSettled([handler(event), handler(event)]);
      if (second.status === 'rejected') throw second.reason;
      return first.status === 'fulfilled' ? first.value : second.value;
    }
    const answer = await handler(event);
    if (mishap === 'answer lost') throw named('Lambda.SdkClientException');
    return answer;
  };
}

/** Lambda tries an event's function three times (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). */
async function finalizeByEvent(services: RunServices, runId: string, plan: FaultPlan): Promise<void> {
  const once = async () => {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        const run = await services.runStore.get(null, runId);
        const ending = { reason: 'It was stopped.', isRetried: true };
        if (run && run.status !== 'finished') await finalizeRun(services, run, ending);
        return;
      } catch {
        // The next try, or the sweep.
      }
    }
  };
  await Promise.all(plan.isEventRepeated() ? [once(), once()] : [once()]);
}

function named(name: string): Error {
  return Object.assign(new Error('an injected fault'), { name });
}
