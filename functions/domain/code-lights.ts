import type { Analysis } from './finding.ts';
import type { GateResult, Light } from './gates.ts';

/**
 * The light of code that Python reads and compiles. An input that does not compile may stay so to be accepted, but
 * never shows as a passed light. `gate` is what Verify said, where it was asked.
 */
export function parsesLight(analyses: readonly Analysis[], gate: GateResult | undefined): GateResult {
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

/** The light of code in which no counted finding is left; `goal` as `isGoalReached` says. */
export function secureLight(analyses: readonly Analysis[], goal: boolean, policy: string): GateResult {
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

/** The light of a gate that compares, where there is nothing to compare. */
export function unchangedLight(checked: string): GateResult {
  return result('pass', [], checked, 'Nothing: it is the same code.');
}

/** The light of a gate that was not asked, and why. */
export function notRunLight(notChecked: string): GateResult {
  return result('not-run', [], 'Nothing.', notChecked);
}

function result(light: Light, messages: string[], checked: string, notChecked: string): GateResult {
  return { light, evidence: messages.map((message) => ({ message, line: null })), checked, notChecked };
}
