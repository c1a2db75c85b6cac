import type { PlannedEdit } from '#domain/edit-plan.ts';
import type { Analysis, Finding } from '#domain/finding.ts';
import { findRule } from '#domain/policy.ts';
import type { RepairTarget } from '#domain/repair.ts';
import type { Flow, Proposal } from '#domain/risk.ts';

/** A prompt asks for no more than that; the worst findings and the riskiest places come first. */
const MAX_TARGETS = 20;

export type RepairMaterial = {
  analyses: readonly Analysis[];
  /** The counted findings. */
  open: readonly Finding[];
  proposals: readonly Proposal[];
  flows: readonly Flow[];
  /** What only the gGAN asks for, riskiest first. */
  proposed: readonly PlannedEdit[];
};

/**
 * What a model is to mend: what keeps the code from compiling, every counted finding, and at the gGAN's word what
 * stands in the same functions, or where no finding counts, anywhere.
 */
export function repairTargets(material: RepairMaterial): RepairTarget[] {
  const { analyses, open, proposed } = material;
  const found = open
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map((finding) => findingTarget(finding, material));
  const functions = new Set(found.map(({ definition }) => definition));
  const atGgansWord = proposed
    .filter(({ definition }) => found.length === 0 || functions.has(definition))
    .map((edit) => proposedTarget(edit, material.flows));
  return [...compileTarget(analyses), ...found, ...atGgansWord].slice(0, MAX_TARGETS);
}

function compileTarget(analyses: readonly Analysis[]): RepairTarget[] {
  const error = analyses.find(({ compileError }) => compileError)?.compileError;
  if (!error) return [];
  const line = error.line ?? 1;
  return [
    {
      id: 'compile',
      rule: 'compile',
      cwe: null,
      source: 'compiler',
      message: error.message,
      operator: error.lateGlobal ? 'hoist-global' : null,
      line,
      column: 0,
      endLine: line,
      endColumn: 0,
      definition: '',
      lines: [],
    },
  ];
}

function findingTarget(finding: Finding, { proposals, flows }: RepairMaterial): RepairTarget {
  const { rule, cwe, message, line, column, endLine, endColumn, definition, fingerprint } = finding;
  const operator = findRule(finding.analyzer, rule)?.operator ?? null;
  const isShared = proposals.some(
    (proposal) => proposal.operator === operator && proposal.line <= endLine && line <= proposal.endLine,
  );
  return {
    id: `${operator ?? rule}:${fingerprint}`,
    rule,
    cwe,
    source: isShared ? 'both' : 'analyzer',
    message,
    operator,
    line,
    column,
    endLine,
    endColumn,
    definition,
    lines: waysTo(finding, flows),
  };
}

function proposedTarget(edit: PlannedEdit, flows: readonly Flow[]): RepairTarget {
  const { id, operator, rule, cwe, source, line, column, endLine, endColumn, definition } = edit;
  const message = 'A trained model of vulnerable code points here; no analyzer does.';
  const span = { line, column, endLine, endColumn };
  return { id, rule, cwe, source, message, operator, ...span, definition, lines: waysTo(edit, flows) };
}

/** The lines of the flows that end at a place. */
function waysTo({ line, endLine }: { line: number; endLine: number }, flows: readonly Flow[]): number[] {
  const lines = flows
    .filter(({ path }) => path.slice(-2).some((step) => step.line >= line && step.line <= endLine))
    .flatMap(({ path }) => path.map((step) => step.line));
  return [...new Set(lines)].toSorted((a, b) => a - b).slice(0, 40);
}
