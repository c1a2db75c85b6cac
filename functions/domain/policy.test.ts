import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Finding, SeveritySchema } from './finding.ts';
import { findRule, introducedFindings, isCounted } from './policy.ts';

function finding(over: Partial<Finding>): Finding {
  return {
    analyzer: 'bandit',
    rule: 'B608',
    cwe: 'CWE-89',
    severity: 'medium',
    confidence: 'medium',
    message: 'Possible SQL injection',
    line: 1,
    column: 0,
    endLine: 1,
    endColumn: 1,
    definition: '',
    code: 'x',
    fingerprint: '0123456789abcdef',
    ...over,
  };
}

describe('isCounted', () => {
  it('counts high and medium severity under practical, low under paper only', () => {
    for (const severity of SeveritySchema.options) {
      const found = finding({ rule: 'B324', severity });
      expect(isCounted(found, 'practical')).toBe(severity !== 'low');
      expect(isCounted(found, 'paper')).toBe(true);
    }
  });

  it('counts hard-coded secrets although Bandit calls them low', () => {
    for (const rule of ['B105', 'B106', 'B107']) {
      expect(isCounted(finding({ rule, severity: 'low' }), 'practical')).toBe(true);
    }
  });

  it('never counts an import or a call that is written as it should be', () => {
    for (const rule of ['B101', 'B403', 'B404', 'B413', 'B603', 'B607']) {
      expect(isCounted(finding({ rule, severity: 'high' }), 'practical')).toBe(false);
    }
  });

  it('counts a rule without a row by its severity, so that a newer analyzer fails safe', () => {
    expect(findRule('bandit', 'B999')).toBeUndefined();
    expect(isCounted(finding({ rule: 'B999', severity: 'high' }), 'practical')).toBe(true);
  });
});

describe('introducedFindings', () => {
  it('finds none when findings only moved', () => {
    const before = [finding({ line: 3 }), finding({ line: 9 })];
    const after = [finding({ line: 40 }), finding({ line: 41 })];

    expect(introducedFindings(before, after)).toEqual([]);
  });

  it('finds the surplus in a definition, and everything in a new one', () => {
    const before = [finding({ definition: 'f' })];
    const after = [finding({ definition: 'f' }), finding({ definition: 'f' }), finding({ definition: 'g' })];

    expect(introducedFindings(before, after).map((found) => found.definition)).toEqual(['f', 'g']);
  });

  it('never reports more than there is, nor anything for a subset', () => {
    const place = fc.record({
      rule: fc.constantFrom('B608', 'B602'),
      definition: fc.constantFrom('', 'f', 'g'),
    });
    fc.assert(
      fc.property(fc.array(place), fc.array(place), (a, b) => {
        const before = a.map(finding);
        const after = b.map(finding);

        expect(introducedFindings([...before, ...after], after)).toEqual([]);
        expect(introducedFindings(before, after).length).toBeGreaterThanOrEqual(after.length - before.length);
      }),
    );
  });
});
