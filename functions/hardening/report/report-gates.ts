import { notRunLight, parsesLight, secureLight, unchangedLight } from '#domain/code-lights.ts';
import type { GateResults } from '#domain/gates.ts';
import type { RunMaterial } from './run-material.ts';

type Facts = { changed: boolean; goal: boolean };

/** The six lights of the code that the run gives back. */
export function reportGates(material: RunMaterial, { changed, goal }: Facts): GateResults {
  const { gates, checks, best, document } = material;
  const hasTests = document.state.testsKey !== null;
  const same = unchangedLight('The code was given back as it came.');
  return {
    parses: parsesLight(best.analyses, gates?.parses),
    secure: secureLight(best.analyses, goal, document.state.settings.policy),
    surface: changed && gates ? gates.surface : same,
    honest: changed && gates ? gates.honest : same,
    behavior:
      checks?.behavior ?? notRunLight(whyNotRun(changed, 'Original and result were not run side by side.')),
    tests:
      checks?.tests ??
      notRunLight(whyNotRun(changed || !hasTests, hasTests ? 'The tests were not run.' : NO_TESTS)),
  };
}

const NO_TESTS = 'No tests were given.';

function whyNotRun(changed: boolean, otherwise: string): string {
  return changed ? otherwise : 'Nothing was changed, so there was nothing to run it against.';
}
