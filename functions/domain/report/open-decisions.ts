import type { Report } from '#domain/report.ts';
import { decisionFor } from '#domain/rule-decisions.ts';

/** A place that is left to a person: an edit that was not made, or a finding that no operator rewrites. */
export type OpenDecision = { line: number; about: string; reason: string };

/** The edits that were declined, then the counted findings of the result that only a person can settle. */
export function openDecisions({ declined, secured }: Pick<Report, 'declined' | 'secured'>): OpenDecision[] {
  const edits = declined.map(({ line, operator, reason }) => ({ line, about: operator, reason }));
  const findings = secured.findings
    .filter(({ counted }) => counted)
    .flatMap(({ line, rule }): OpenDecision[] => {
      const reason = decisionFor(rule);
      return reason === undefined ? [] : [{ line, about: rule, reason }];
    });
  return [...edits, ...findings];
}
