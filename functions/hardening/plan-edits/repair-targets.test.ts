import { describe, expect, it } from '@jest/globals';
import type { PlannedEdit } from '#domain/edit-plan.ts';
import type { Analysis, Finding } from '#domain/finding.ts';
import type { Flow, Proposal } from '#domain/risk.ts';
import { repairTargets } from './repair-targets.ts';

const FINDING: Finding = {
  analyzer: 'bandit',
  rule: 'B608',
  cwe: 'CWE-89',
  severity: 'medium',
  confidence: 'medium',
  message: 'Possible SQL injection',
  line: 12,
  column: 4,
  endLine: 12,
  endColumn: 40,
  definition: 'find_user',
  code: 'cursor.execute(query)',
  fingerprint: '0123456789abcdef',
};

const PROPOSED: PlannedEdit = {
  id: 'contain-path:ggan-0123456789abcdef',
  operator: 'contain-path',
  rule: 'ggan',
  cwe: 'CWE-22',
  source: 'ggan',
  line: 30,
  column: 0,
  endLine: 30,
  endColumn: 10,
  definition: 'read_file',
};

const FLOW: Flow = {
  cwe: 'CWE-89',
  cut: 0.99,
  path: [
    { line: 8, column: 0, text: 'name = request.args' },
    { line: 10, column: 0, text: 'query = f"…{name}"' },
    { line: 12, column: 0, text: 'cursor.execute(query)' },
  ],
};

function analysis(compileError: Analysis['compileError'] = null): Analysis {
  return { analyzer: 'bandit', version: '1', status: 'analyzed', reason: null, compileError, findings: [] };
}

function targets(over: Partial<Parameters<typeof repairTargets>[0]> = {}) {
  return repairTargets({
    analyses: [analysis()],
    open: [FINDING],
    proposals: [],
    flows: [],
    proposed: [],
    ...over,
  });
}

describe('repairTargets', () => {
  it('asks for every counted finding, with the operator that names its fix', () => {
    expect(targets()).toEqual([
      expect.objectContaining({
        id: 'parameterize-query:0123456789abcdef',
        rule: 'B608',
        source: 'analyzer',
        operator: 'parameterize-query',
        message: 'Possible SQL injection',
        line: 12,
        lines: [],
      }),
    ]);
  });

  it('has no operator for a rule that none covers', () => {
    const [target] = targets({ open: [{ ...FINDING, rule: 'B301' }] });

    expect(target).toMatchObject({ id: 'B301:0123456789abcdef', operator: null });
  });

  it('says where the gGAN agrees, and which way the value came', () => {
    const proposal = { ...PROPOSED, operator: 'parameterize-query', line: 12, endLine: 12 };

    const [target] = targets({ proposals: [proposal as unknown as Proposal], flows: [FLOW] });

    expect(target).toMatchObject({ source: 'both', lines: [8, 10, 12] });
  });

  it('asks at the gGANs word alone only in the functions with findings', () => {
    expect(targets({ proposed: [PROPOSED] })).toHaveLength(1);
    expect(targets({ proposed: [{ ...PROPOSED, definition: 'find_user' }] })).toHaveLength(2);
  });

  it('asks anywhere at the gGANs word where no finding counts', () => {
    expect(targets({ open: [], proposed: [PROPOSED] })).toMatchObject([{ id: PROPOSED.id, source: 'ggan' }]);
  });

  it('asks first for what keeps the program from compiling', () => {
    const broken = analysis({ message: 'x is used prior to global', line: 3, lateGlobal: true });

    expect(targets({ analyses: [broken] })[0]).toMatchObject({
      id: 'compile',
      operator: 'hoist-global',
      line: 3,
    });
  });

  it('asks for no more than fits into a prompt', () => {
    const many = Array.from({ length: 50 }, (_, line) => ({ ...FINDING, line: line + 1, endLine: line + 1 }));

    expect(targets({ open: many })).toHaveLength(20);
  });
});
