import type { Analysis } from '#domain/finding.ts';
import type { GateResult, GateResults, Light } from '#domain/gates.ts';
import type { RunMaterial } from './run-material.ts';

type Facts = { changed: boolean; goal: boolean };

/** The six lights of the code that the run gives back. */
export function reportGates(material: RunMaterial, { changed, goal }: Facts): GateResults {
  const { gates, checks, best, document } = material;
  const hasTests = document.state.testsKey !== null;
  const same = unchanged('The code was given back as it came.');
  return {
    parses: parses(best.analyses, gates?.parses),
    secure: secure(best.analyses, goal, document.state.settings.policy),
    surface: changed && gates ? gates.surface : same,
    honest: changed && gates ? gates.honest : same,
    behavior:
      checks?.behavior ?? notRun(whyNotRun(changed, 'Original and result were not run side by side.')),
    tests:
      checks?.tests ??
      notRun(whyNotRun(changed || !hasTests, hasTests ? 'The tests were not run.' : NO_TESTS)),
  };
}

const NO_TESTS = 'No tests were given.';

function whyNotRun(changed: boolean, otherwise: string): string {
  return changed ? otherwise : 'Nothing was changed, so there was nothing to run it against.';
}

/** An input that does not compile may stay so to be accepted, but never shows as a passed light. */
function parses(analyses: readonly Analysis[], gate: GateResult | undefined): GateResult {
  const problem = analyses
    .map((analysis) =>
      analysis.status === 'analyzed' ? (analysis.compileError?.message ?? null) : analysis.reason,
    )
    .find((reason) => reason !== null);
  const checked = 'The result is read and compiled by Python, without running it.';
  const notChecked = 'Whether it starts: imports and module-level code are not run.';
  if (analyses.length === 0) return result('not-run', [], checked, 'The code was not read.');
  if (problem) return result('fail', [problem], checked, notChecked);
  return gate ?? result('pass', [], checked, notChecked);
}

function secure(analyses: readonly Analysis[], goal: boolean, policy: string): GateResult {
  const tools = analyses.map(({ analyzer, version }) => `${analyzer} ${version}`).join(', ');
  const evidence = analyses
    .filter((analysis) => analysis.status === 'unanalyzable')
    .map(
      (analysis) =>
        `${analysis.analyzer} could not analyze the code: ${analysis.reason ?? 'no reason given'}`,
    );
  return result(
    analyses.length === 0 ? 'not-run' : goal ? 'pass' : 'fail',
    evidence,
    `No finding that counts under the policy '${policy}' is left, by ${tools || 'no analyzer'}.`,
    'Weaknesses for which these analyzers have no rule, such as missing authorization or faulty logic.',
  );
}

function unchanged(checked: string): GateResult {
  return result('pass', [], checked, 'Nothing: it is the same code.');
}

function notRun(notChecked: string): GateResult {
  return result('not-run', [], 'Nothing.', notChecked);
}

function result(light: Light, messages: string[], checked: string, notChecked: string): GateResult {
  return { light, evidence: messages.map((message) => ({ message, line: null })), checked, notChecked };
}
