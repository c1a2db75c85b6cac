import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlannedEdit } from '#domain/edit-plan.ts';
import { type OperatorName, OperatorNameSchema } from '#domain/operators.ts';
import type { Proposal } from '#domain/risk.ts';
import { isProposed, markShared, proposedEdits } from './proposed-edits.ts';

const CODE =
  'import random\n\n\ndef token():\n    return random.random()\n\n\ndef other():\n    return random.random()\n';

function proposal(line: number, over: Partial<Proposal> = {}): Proposal {
  return {
    operator: 'secure-random',
    cwe: 'CWE-330',
    risk: 0.9,
    confidence: 0.9,
    line,
    column: 11,
    endLine: line,
    endColumn: 26,
    definition: line === 5 ? 'token' : 'other',
    ...over,
  };
}

const found: PlannedEdit = {
  id: 'secure-random:0123456789abcdef',
  operator: 'secure-random',
  rule: 'B311',
  cwe: 'CWE-330',
  source: 'analyzer',
  line: 5,
  column: 11,
  endLine: 5,
  endColumn: 26,
  definition: 'token',
};

describe('markShared', () => {
  it('says of a finding that the gGAN asks for the same', () => {
    expect(markShared([found], [proposal(5)])[0]).toEqual({ ...found, source: 'both' });
  });

  it.each([
    ['another line', proposal(9)],
    ['another operator', proposal(5, { operator: 'replace-weak-hash' })],
  ])('leaves a finding alone where the gGAN points at %s', (_what, other) => {
    expect(markShared([found], [other])).toEqual([found]);
  });

  it('leaves what the compiler asks for to the compiler', () => {
    const mending = { ...found, operator: 'hoist-global', source: 'compiler' } as const;

    expect(markShared([mending], [proposal(5, { operator: 'hoist-global' })])).toEqual([mending]);
  });
});

describe('proposedEdits', () => {
  it('plans only what no finding asks for', () => {
    const edits = proposedEdits([found], [proposal(5), proposal(9)], CODE);

    expect(edits.map(({ line, source, rule, cwe }) => [line, source, rule, cwe])).toEqual([
      [9, 'ggan', 'ggan', 'CWE-330'],
    ]);
  });

  it('puts the riskiest first', () => {
    const edits = proposedEdits([], [proposal(5, { risk: 0.7 }), proposal(9, { risk: 0.8 })], CODE);

    expect(edits.map(({ line }) => line)).toEqual([9, 5]);
  });

  it('never asks for what only the compiler or an analyzer can point at', () => {
    const edits = (['hoist-global', 'visible-source'] as OperatorName[]).flatMap((operator) =>
      proposedEdits([], [proposal(5, { operator })], CODE),
    );

    expect(edits).toEqual([]);
  });

  it('knows an edit again after lines were added and others edited', () => {
    const [before] = proposedEdits([], [proposal(5)], CODE);
    const moved = `# a comment\n${CODE.replace('def other', 'def another')}`;

    const [after] = proposedEdits([], [proposal(6, { definition: 'token' })], moved);

    expect(after?.id).toBe(before?.id);
  });

  it('tells equal texts of one definition apart', () => {
    const twice = 'x = random.random()\ny = random.random()\n';
    const place = { column: 4, endColumn: 19, definition: '' };

    const ids = proposedEdits(
      [],
      [1, 2].map((line) => proposal(line, { ...place, endLine: line })),
      twice,
    );

    expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
  });

  it('gives every edit an id of its own, whatever is proposed', () => {
    const spans = fc.record({
      operator: fc.constantFrom(...OperatorNameSchema.options),
      line: fc.integer({ min: 1, max: 12 }),
      column: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 30 }), (places) => {
        const proposals = places.map(({ operator, line, column }) =>
          proposal(line, { operator, column, endLine: line, endColumn: column + 3 }),
        );
        const edits = proposedEdits([found], proposals, CODE);
        expect(new Set(edits.map(({ id }) => id)).size).toBe(edits.length);
        expect(edits.filter(({ id }) => isProposed(id))).toEqual(edits);
        expect(edits.every(({ id }) => id.length <= 200)).toBe(true);
      }),
    );
  });
});
