import type { AnalyzedFile } from './analyze-output.ts';
import type { Analysis } from './finding.ts';
import { isCounted, type PolicyName } from './policy.ts';

/** What the analyzers said of one file, in the form of `sgcode analyze --format json`. */
export function analyzedFile(path: string, analyses: readonly Analysis[], policy: PolicyName): AnalyzedFile {
  const failures = analyses.filter(({ status }) => status === 'unanalyzable');
  return {
    path,
    status: failures.length === 0 ? 'analyzed' : 'unanalyzable',
    reason:
      failures.length === 0
        ? null
        : failures.map(({ analyzer, reason }) => `${analyzer}: ${reason ?? 'no reason given'}`).join('; '),
    findings: analyses
      .flatMap(({ findings }) => findings)
      .map((finding) => ({ ...finding, counted: isCounted(finding, policy) })),
  };
}
