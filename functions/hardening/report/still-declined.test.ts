import { describe, expect, it } from '@jest/globals';
import type { AppliedEdit, DeclinedEdit } from '#domain/edit-plan.ts';
import type { Analysis } from '#domain/finding.ts';
import { stillDeclined, type TriedEdits } from './still-declined.ts';

const [first, second] = ['1'.repeat(16), '2'.repeat(16)] as const;

describe('stillDeclined', () => {
  it('keeps the reason of an edit whose finding is still there', () => {
    const tried = [{ edits: edits({ declined: [first] }), reasons: [] }];

    expect(stillDeclined(tried, edits({}), [analysis([first])])).toEqual([declinedEdit(first)]);
  });

  it('drops an edit whose finding went with another edit', () => {
    const tried = [{ edits: edits({ applied: [second], declined: [first] }), reasons: [] }];

    expect(stillDeclined(tried, edits({ applied: [second] }), [analysis([])])).toEqual([]);
  });

  it('says of an edit that was undone why its candidate was not accepted', () => {
    const tried = [{ edits: edits({ applied: [first] }), reasons: ['a gate failed'] }];

    const [edit] = stillDeclined(tried, edits({}), [analysis([first])]);

    expect(edit?.reason).toBe('its result was not accepted: a gate failed');
  });

  it('takes the last word where an edit was tried twice', () => {
    const retried: TriedEdits['edits'] = {
      applied: [],
      declined: [{ ...declinedEdit(first), reason: 'r', retry: true }],
    };
    const tried = [
      { edits: retried, reasons: [] },
      { edits: edits({ declined: [first] }), reasons: [] },
    ];

    expect(stillDeclined(tried, edits({}), [analysis([first])])).toEqual([declinedEdit(first)]);
  });

  it('is silent on what only the gGAN asked for', () => {
    const id = 'safe-loader:ggan-0123456789abcdef';
    const tried = [
      { edits: { applied: [], declined: [{ ...declinedEdit(first), id }] }, reasons: [] },
      { edits: { applied: [{ ...appliedEdit(second), id: `${id}0` }], declined: [] }, reasons: ['a gate'] },
    ];

    expect(stillDeclined(tried, edits({}), [analysis([first, second])])).toEqual([]);
  });

  it('keeps an edit that the compiler asked for only while the program does not compile', () => {
    const declined = { ...declinedEdit(first), id: 'hoist-global', operator: 'hoist-global' as const };
    const tried = [{ edits: { applied: [], declined: [declined] }, reasons: [] }];
    const broken: Analysis = {
      ...analysis([]),
      compileError: { message: 'late', line: 1, lateGlobal: true },
    };

    expect(stillDeclined(tried, edits({}), [broken])).toEqual([declined]);
    expect(stillDeclined(tried, edits({}), [analysis([])])).toEqual([]);
  });
});

function analysis(fingerprints: string[]): Analysis {
  return {
    analyzer: 'bandit',
    version: '1',
    status: 'analyzed',
    reason: null,
    compileError: null,
    findings: fingerprints.map((fingerprint) => ({
      analyzer: 'bandit',
      rule: 'B506',
      cwe: 'CWE-20',
      severity: 'medium',
      confidence: 'high',
      message: 'yaml',
      line: 1,
      column: 0,
      endLine: 1,
      endColumn: 4,
      definition: '',
      code: 'x',
      fingerprint,
    })),
  };
}

function edits({
  applied = [],
  declined = [],
}: {
  applied?: string[];
  declined?: string[];
}): TriedEdits['edits'] {
  return { applied: applied.map(appliedEdit), declined: declined.map(declinedEdit) };
}

function appliedEdit(fingerprint: string): AppliedEdit {
  const { id, operator } = declinedEdit(fingerprint);
  return {
    id,
    operator,
    cwe: null,
    source: 'analyzer',
    line: 1,
    summary: 's',
    declared: [],
    environment: [],
  };
}

function declinedEdit(fingerprint: string): DeclinedEdit {
  return { id: `safe-loader:${fingerprint}`, operator: 'safe-loader', line: 1, reason: 'why', retry: false };
}
