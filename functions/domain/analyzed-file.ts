import type { AnalyzedFile, ExplainedFile } from './analyze-output.ts';
import type { Analysis } from './finding.ts';
import { isCounted } from './policy.ts';
import type { PolicyName } from './policy-name.ts';
import type { RiskMap } from './risk.ts';

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

/** What the gGAN says of one program, with the program's code; or why it says nothing. */
export type Explanation = { risk: RiskMap; code: string } | { unassessed: string };

/** The file with what the gGAN says of it, in the form of `sgcode analyze --explain --format json`. */
export function explainedFile(file: AnalyzedFile, explanation: Explanation): ExplainedFile {
  if ('unassessed' in explanation) {
    const { unassessed } = explanation;
    return { ...file, risk: null, threshold: null, unassessed, lines: [], flows: [] };
  }
  return { ...file, ...explanation.risk, unassessed: null };
}
