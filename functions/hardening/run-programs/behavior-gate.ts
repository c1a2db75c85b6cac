import type { GateResult } from '#domain/gates.ts';
import type { ProgramServices } from '#ports/services.ts';
import type { MeantDifference, UnreachedPart } from '#ports/test-runner/test-runner.ts';
import { notRunGate, programGate } from './gate-results.ts';
import { MEANT_TEXTS } from './meant-differences.ts';

/** For both programs together: a candidate is worth no more than that. */
const MAX_SECONDS = 10;

/** How many changed parts are named of those that were not reached. */
const MAX_PARTS = 10;

const NOT_CHECKED =
  'Inputs that were not tried, and what the stand-ins for databases, processes and networks do not show.';

/**
 * The light `behavior`: the same answers and effects on the same benign inputs. It says which
 * changes no input reached, and claims nothing of a model's: where nothing that one changed in a function ran, it is
 * not run. Every rewrite of the operators is tested by itself. Where it was not asked for by name,
 * a machine that cannot seal programs off leaves it not run.
 */
export async function behaviorGate(
  programs: { original: string; candidate: string },
  { isAskedFor, isByModel, meant }: { isAskedFor: boolean; isByModel: boolean; meant: MeantDifference[] },
  { testRunner }: Pick<ProgramServices, 'testRunner'>,
): Promise<GateResult> {
  try {
    const { verdict, difference, reason, compared, unreached } = await testRunner.checkBehavior({
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
    if (verdict === 'deviated')
      return programGate('fail', [difference ?? 'they differ'], { checked, notChecked: NOT_CHECKED });
    const missed = isByModel ? unreached.filter(({ isWhole }) => isWhole) : [];
    if (missed.length > 0) {
      const why = reason === null ? [] : [`The runner adds: ${reason}.`];
      return notRunGate([`No input reached what changed in ${placesOf(missed)}.`, checked, ...why].join(' '));
    }
    const lines = unreached.length === 0 ? [] : [`Changes that no input reached: ${placesOf(unreached)}.`];
    return programGate('pass', [], { checked, notChecked: [NOT_CHECKED, ...lines].join(' ') });
  } catch (error) {
    if (isAskedFor || !isUnavailable(error)) throw error;
    return notRunGate(`Programs cannot be run here: ${error.message}`);
  }
}

/** The parts in words, such as "`log_in` (lines 3, 4), the module (line 9)". */
function placesOf(parts: readonly UnreachedPart[]): string {
  const shown = parts.slice(0, MAX_PARTS).map(({ part, lines }) => {
    const name = part === '' ? 'the module' : `\`${part}\``;
    return lines.length === 0 ? name : `${name} (line${lines.length > 1 ? 's' : ''} ${lines.join(', ')})`;
  });
  return [...shown, ...(parts.length > MAX_PARTS ? ['and more'] : [])].join(', ');
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === 'RunnerUnavailableError';
}
