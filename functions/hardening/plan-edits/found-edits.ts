import type { PlannedEdit } from '#domain/edit-plan.ts';
import type { Analysis, Finding } from '#domain/finding.ts';
import { findRule } from '#domain/policy.ts';

/** The edits that findings ask for, in the order of the code: one for each that has an operator. */
export function askedByAnalyzer(findings: readonly Finding[]): PlannedEdit[] {
  return findings
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .flatMap((finding) => plannedEdit(finding) ?? []);
}

/**
 * The one edit that mends every late `global` of the file. It comes first: Python tells of one at a time, and
 * what touches the same code can wait until the program compiles.
 */
export function mendingEdit(analyses: readonly Analysis[]): PlannedEdit[] {
  const error = analyses.find(({ compileError }) => compileError?.lateGlobal)?.compileError;
  if (!error || error.line === null) return [];
  const operator = 'hoist-global';
  return [
    {
      id: operator,
      operator,
      rule: 'late-global',
      cwe: null,
      source: 'compiler',
      line: error.line,
      column: 0,
      endLine: error.line,
      endColumn: 0,
      definition: '',
    },
  ];
}

function plannedEdit(finding: Finding): PlannedEdit | null {
  const operator = findRule(finding.analyzer, finding.rule)?.operator;
  if (!operator) return null;
  const { rule, cwe, line, column, endLine, endColumn, definition, fingerprint } = finding;
  return {
    id: `${operator}:${fingerprint}`,
    operator,
    rule,
    cwe,
    source: 'analyzer',
    line,
    column,
    endLine,
    endColumn,
    definition,
  };
}
