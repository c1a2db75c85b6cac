import type { Analysis, Finding } from './finding.ts';
import type { RunProgramsOutput } from './loop-state.ts';
import { countBySeverity, introducedFindings, isCounted } from './policy.ts';
import type { PolicyName } from './policy-name.ts';
import type { VerifyOutput } from './worker-steps.ts';

/** Code together with what the analyzers say of it and how far it is from the original. */
export type Judged = {
  analyses: readonly Analysis[];
  /** Edits that led to it from the original at the gGAN's word alone. */
  hardened: number;
  /** Lines added and removed against the original. */
  changedLines: number;
};

/** The counted findings of all analyzers. */
export function countedFindings(analyses: readonly Analysis[], policy: PolicyName): Finding[] {
  return analyses.flatMap((analysis) => analysis.findings).filter((finding) => isCounted(finding, policy));
}

/** The lights that acceptance looks at; the last two only exist where the programs were run. */
export type AcceptanceGates = Pick<VerifyOutput, 'parses' | 'surface' | 'honest'> &
  Partial<Pick<RunProgramsOutput, 'behavior' | 'tests'>>;

/**
 * Whether a candidate may replace the original: every reason against it, none when it is accepted.
 * The goal is another question, asked by `isGoalReached`.
 */
export function reasonsAgainst(
  original: Judged,
  candidate: Judged,
  gates: AcceptanceGates,
  policy: PolicyName,
): string[] {
  const { behavior = 'not-run', tests = 'not-run', ...mustPass } = gates;
  const reasons = [
    ...(['parses', 'surface', 'honest'] as const).filter((gate) => mustPass[gate] !== 'pass'),
    // These two hold where they run.
    ...Object.entries({ behavior, tests }).flatMap(([gate, light]) => (light === 'fail' ? [gate] : [])),
  ].map((gate) => `the gate '${gate}' did not pass`);
  for (const analysis of candidate.analyses) {
    const before = original.analyses.find((other) => other.analyzer === analysis.analyzer);
    if (analysis.status === 'unanalyzable' && before?.status === 'analyzed') {
      reasons.push(`${analysis.analyzer} cannot analyze the result: ${analysis.reason ?? 'no reason given'}`);
    }
  }
  const introduced = introducedFindings(
    countedFindings(original.analyses, policy),
    countedFindings(candidate.analyses, policy),
  );
  for (const finding of introduced) {
    reasons.push(`it introduces ${finding.rule} in line ${finding.line}: ${finding.message}`);
  }
  return reasons;
}

/** Every enabled analyzer could read the code, and none has a counted finding left. */
export function isGoalReached(analyses: readonly Analysis[], policy: PolicyName): boolean {
  return (
    analyses.length > 0 &&
    analyses.every((analysis) => analysis.status === 'analyzed') &&
    countedFindings(analyses, policy).length === 0
  );
}

/** Whether Python loads the code, as far as the analyzers could read it. */
export function doesCompile(analyses: readonly Analysis[]): boolean {
  return analyses.every((analysis) => analysis.compileError === null);
}

/**
 * Whether `candidate` beats `best`: code that compiles before code that does not, then fewer high findings,
 * then medium, then low, then more places hardened at the gGAN's word, then a smaller change.
 */
export function isBetter(candidate: Judged, best: Judged, policy: PolicyName): boolean {
  const compiles = doesCompile(candidate.analyses);
  if (compiles !== doesCompile(best.analyses)) return compiles;
  const ours = countBySeverity(countedFindings(candidate.analyses, policy));
  const theirs = countBySeverity(countedFindings(best.analyses, policy));
  for (const severity of ['high', 'medium', 'low'] as const) {
    if (ours[severity] !== theirs[severity]) return ours[severity] < theirs[severity];
  }
  if (candidate.hardened !== best.hardened) return candidate.hardened > best.hardened;
  return candidate.changedLines < best.changedLines;
}
