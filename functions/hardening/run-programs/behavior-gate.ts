import type { GateResult } from '#domain/gates.ts';
import type { Services } from '#ports/services.ts';
import type { MeantDifference } from '#ports/test-runner/test-runner.ts';
import { notRunGate, programGate } from './gate-results.ts';
import { MEANT_TEXTS } from './meant-differences.ts';

/** For both programs together: a candidate is worth no more than that. */
const MAX_SECONDS = 3;

const NOT_CHECKED =
  'Inputs that were not tried, and what the stand-ins for databases, processes and networks do not show.';

/**
 * The light `behavior`: the same answers and effects on the same benign inputs. Where it was not asked for by
 * name, a machine that cannot seal programs off leaves it not run.
 */
export async function behaviorGate(
  programs: { original: string; candidate: string },
  { isAskedFor, meant }: { isAskedFor: boolean; meant: MeantDifference[] },
  { testRunner }: Pick<Services, 'testRunner'>,
): Promise<GateResult> {
  try {
    const { verdict, difference, reason, compared } = await testRunner.checkBehavior({
      ...programs,
      seconds: MAX_SECONDS,
      environment: {},
      allowed: meant,
    });
    const checked = [
      `Both were run apart, sealed off, on the same inputs: ${compared} observations of answers and effects.`,
      ...meant.map((difference) => MEANT_TEXTS[difference]),
    ].join(' ');
    if (verdict === 'not-runnable')
      return notRunGate(`They could not be compared: ${reason ?? 'no reason given'}`);
    const isKept = verdict === 'kept';
    return programGate(isKept ? 'pass' : 'fail', isKept ? [] : [difference ?? 'they differ'], {
      checked,
      notChecked: NOT_CHECKED,
    });
  } catch (error) {
    if (isAskedFor || !isUnavailable(error)) throw error;
    return notRunGate(`Programs cannot be run here: ${error.message}`);
  }
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === 'RunnerUnavailableError';
}
