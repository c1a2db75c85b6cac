import { countedFindings } from './acceptance.ts';
import type { AppliedEdit } from './edit-plan.ts';
import type { Analysis } from './finding.ts';
import type { EnvironmentVariable } from './operators.ts';
import { introducedFindings, isCounted } from './policy.ts';
import type { PolicyName } from './policy-name.ts';
import type { FindingCounts, ReportedFinding } from './report.ts';

/** The counted findings of code before and after a change, in numbers. */
export function countFindings(
  before: readonly Analysis[],
  after: readonly Analysis[],
  policy: PolicyName,
): FindingCounts {
  const had = countedFindings(before, policy);
  const has = countedFindings(after, policy);
  const introduced = introducedFindings(had, has).length;
  const all = after.reduce((sum, analysis) => sum + analysis.findings.length, 0);
  return {
    before: had.length,
    after: has.length,
    fixed: had.length - (has.length - introduced),
    remaining: has.length - introduced,
    introduced,
    informational: all - has.length,
  };
}

/** Every finding, marked as counted or not. */
export function reportedFindings(analyses: readonly Analysis[], policy: PolicyName): ReportedFinding[] {
  return analyses
    .flatMap((analysis) => analysis.findings)
    .map((finding) => ({ ...finding, counted: isCounted(finding, policy) }));
}

/** The environment variables that changes make a program read, each once. */
export function environmentOf(changes: readonly Pick<AppliedEdit, 'environment'>[]): EnvironmentVariable[] {
  const byName = new Map(changes.flatMap((change) => change.environment.map((v) => [v.name, v])));
  return [...byName.values()];
}
