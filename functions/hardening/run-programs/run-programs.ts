import type { ProgramGates } from '#domain/gates.ts';
import type { LoopState, PlanOutput, RunProgramsOutput } from '#domain/loop-state.ts';
import { writeJson } from '#ports/json-blob.ts';
import type { ProgramServices } from '#ports/services.ts';
import { recordEvents } from '../run-events.ts';
import { behaviorGate } from './behavior-gate.ts';
import { notRunGate } from './gate-results.ts';
import { readDeclared } from './meant-differences.ts';
import { testsGate } from './tests-gate.ts';

export type RunProgramsInput = { state: LoopState; plan: PlanOutput };

/**
 * Runs the original and the candidate in the sealed runner: side by side on the same inputs, and under the
 * user's tests. Rejects with RunnerUnavailableError where that was asked for and nothing can be sealed here.
 */
export async function runPrograms(
  { state, plan }: RunProgramsInput,
  services: ProgramServices,
): Promise<RunProgramsOutput> {
  const started = performance.now();
  const { blobStore, runStore } = services;
  await runStore.recordProgress(state.runId, { step: 'RunPrograms', iteration: state.iteration });
  await recordEvents(services, state, [
    { step: 'RunPrograms', note: 'original and candidate are run in the sealed box' },
  ]);
  const programs = {
    original: await readText(state.originalKey, services),
    candidate: await readText(plan.candidateKey, services),
  };
  const behavior = plan.runsBehavior
    ? await behaviorGate(
        programs,
        {
          isAskedFor: state.settings.behavior === 'always',
          ...(await readDeclared(plan.declaredKeys, services)),
        },
        services,
      )
    : notRunGate('Original and result were not run side by side.');
  const tests =
    state.testsKey === null || behavior.light === 'fail'
      ? notRunGate(state.testsKey === null ? 'No tests were given.' : 'The result acts differently as it is.')
      : await testsGate(programs, { state, tests: await readText(state.testsKey, services) }, services);

  await writeJson(blobStore, plan.checksKey, { behavior, tests } satisfies ProgramGates);
  return { behavior: behavior.light, tests: tests.light, ms: performance.now() - started };
}

/** A program's text without its byte order mark, which is for files. */
async function readText(key: string, { blobStore }: ProgramServices): Promise<string> {
  return new TextDecoder().decode(await blobStore.get(key));
}
