import { countedFindings, isGoalReached } from '#domain/acceptance.ts';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { Analysis, Finding } from '#domain/finding.ts';
import type { Lights } from '#domain/gates.ts';
import { introducedFindings } from '#domain/policy.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import type { VerifyOutput } from '#domain/worker-steps.ts';
import type { MeantDifference } from '#ports/test-runner/test-runner.ts';

/** What an arm made of a program, before anything is run to judge it. */
export type ArmResult = Pick<
  BenchmarkRecord,
  | 'verdict'
  | 'reason'
  | 'gates'
  | 'findings'
  | 'edits'
  | 'editsByOperator'
  | 'iterations'
  | 'transitions'
  | 'modelCalls'
  | 'tokens'
  | 'costUsd'
  | 'ms'
  | 'resources'
> & {
  code: Uint8Array;
  /** What the result may do otherwise than the input, because an operator declared it. */
  meant: MeantDifference[];
  /** Of the program as it went in; none where it was not taken in. */
  inputAnalyses: Analysis[];
};

/** The figures of an arm that does no work of its own, or whose work was not seen. */
export const noWork = {
  edits: null,
  editsByOperator: {},
  iterations: null,
  transitions: null,
  modelCalls: null,
  tokens: null,
  costUsd: null,
  ms: {
    total: null,
    ggan: null,
    analysis: null,
    model: null,
    edits: null,
    gates: null,
    communication: null,
    behaviorCheck: null,
  },
  resources: null,
  meant: [] as MeantDifference[],
} satisfies Partial<ArmResult>;

export const nothingFound: ArmResult['findings'] = { before: 0, after: 0, introduced: 0, cwesLeft: [] };

export const noLights: Lights = {
  parses: 'not-run',
  secure: 'not-run',
  surface: 'not-run',
  honest: 'not-run',
  behavior: 'not-run',
  tests: 'not-run',
};

/** The counted findings of code before and after. */
export function countFindings(
  before: readonly Analysis[],
  after: readonly Analysis[],
  policy: PolicyName,
): ArmResult['findings'] {
  const had = countedFindings(before, policy);
  const has = countedFindings(after, policy);
  return {
    before: had.length,
    after: has.length,
    introduced: introducedFindings(had, has).length,
    cwesLeft: cwesOf(has),
  };
}

/** The lights of code that no run judged, from what was measured of it. */
export function lightsOf(
  after: readonly Analysis[],
  { surface, honest }: Pick<VerifyOutput, 'surface' | 'honest'>,
  policy: PolicyName,
): Lights {
  return {
    ...noLights,
    parses: compiles(after) ? 'pass' : 'fail',
    secure: isGoalReached(after, policy) ? 'pass' : 'fail',
    surface,
    honest,
  };
}

/** Whether every analyzer read the code, and Python compiles it. */
export function compiles(analyses: readonly Analysis[]): boolean {
  return (
    analyses.length > 0 &&
    analyses.every(({ status, compileError }) => status === 'analyzed' && compileError === null)
  );
}

/** The distinct CWEs of findings, by number. */
export function cwesOf(findings: readonly Pick<Finding, 'cwe'>[]): string[] {
  const cwes = new Set(findings.flatMap(({ cwe }) => cwe ?? []));
  return [...cwes].sort((a, b) => Number(a.slice('CWE-'.length)) - Number(b.slice('CWE-'.length)));
}
