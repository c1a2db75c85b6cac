import { z } from 'zod';
import { NotFoundError } from '#domain/errors.ts';
import type { GateResult } from '#domain/gates.ts';
import type { LoopState } from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import { compareTestRuns, TestRunSchema, type TwoTestRuns } from '#domain/test-outcomes.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { ProgramServices } from '#ports/services.ts';
import type { TestsRequest } from '#ports/test-runner/test-runner.ts';
import { programGate } from './gate-results.ts';
import { moduleNames } from './module-names.ts';

/** Of one run of the tests; there are two of each program. */
const MAX_SECONDS = 60;

const TwoTestRunsSchema = z.tuple([TestRunSchema, TestRunSchema]);

/** The light `tests`: what passes of the user's tests on the original passes on the candidate. */
export async function testsGate(
  { original, candidate }: { original: string; candidate: string },
  { state, tests }: { state: LoopState; tests: string },
  services: ProgramServices,
): Promise<GateResult> {
  const run = await services.runStore.get(null, state.runId);
  if (!run) throw new NotFoundError(`no run ${state.runId}`);
  const request = { ...moduleNames(run.path), tests, original, seconds: MAX_SECONDS, environment: {} };
  const before = await originalRuns(state, { ...request, program: original }, services);
  const after = await runTwice({ ...request, program: candidate }, services);
  const { light, evidence } = compareTestRuns(before, after);
  // The file of the tests has a name of ours in the box, of which the user knows nothing.
  const told = evidence.map((message) => message.replaceAll(`${request.testsFile}::`, ''));
  return programGate(light, told, {
    checked: 'Your tests were run twice on the original and twice on the result, sealed off.',
    notChecked: 'What the tests do not look at.',
  });
}

/** The original does not change within a run, so its tests are run for the first candidate only. */
async function originalRuns(
  { runId }: LoopState,
  request: TestsRequest,
  services: ProgramServices,
): Promise<TwoTestRuns> {
  const key = runKeys(runId).originalTests;
  try {
    return await readJson(services.blobStore, key, TwoTestRunsSchema);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const runs = await runTwice(request, services);
    await writeJson(services.blobStore, key, runs);
    return runs;
  }
}

async function runTwice(
  request: TestsRequest,
  { testRunner }: Pick<ProgramServices, 'testRunner'>,
): Promise<TwoTestRuns> {
  return Promise.all([testRunner.runTests(request), testRunner.runTests(request)]);
}
