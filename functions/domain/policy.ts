import { type AnalyzerRule, banditRules } from './bandit-rules.ts';
import type { AnalyzerName, Finding, Severity } from './finding.ts';
import type { PolicyName } from './policy-name.ts';

const rulesByAnalyzer: Record<AnalyzerName, ReadonlyMap<string, AnalyzerRule>> = {
  bandit: new Map(banditRules.map((rule) => [rule.id, rule])),
};

/** The table's row for a rule; undefined for one that a newer analyzer added. */
export function findRule(analyzer: AnalyzerName, rule: string): AnalyzerRule | undefined {
  return rulesByAnalyzer[analyzer].get(rule);
}

/** Whether a finding counts under a policy. A rule without a row counts by its severity. */
export function isCounted(finding: Finding, policy: PolicyName): boolean {
  if (policy === 'paper') return true;
  const counting = findRule(finding.analyzer, finding.rule)?.practical ?? 'by-severity';
  if (counting === 'by-severity') return finding.severity !== 'low';
  return counting === 'always';
}

/** Counted findings by severity: the order in which candidates are compared. */
export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/**
 * Findings of `after` that `before` did not have, by count per rule and enclosing definition:
 * lines move and literals change under an edit, rule and definition do not.
 */
export function introducedFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(placeOf(finding), (known.get(placeOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const left = known.get(placeOf(finding)) ?? 0;
    known.set(placeOf(finding), left - 1);
    return left <= 0;
  });
}

function placeOf(finding: Finding): string {
  return JSON.stringify([finding.analyzer, finding.rule, finding.definition]);
}
