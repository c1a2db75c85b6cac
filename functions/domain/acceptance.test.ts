import { describe, expect, it } from '@jest/globals';
import { isBetter, isGoalReached, type Judged, reasonsAgainst } from './acceptance.ts';
import type { Analysis, Finding, Severity } from './finding.ts';

const passed = { parses: 'pass', surface: 'pass', honest: 'pass' } as const;

function analysis(severities: Severity[], over: Partial<Analysis> = {}): Analysis {
  return {
    analyzer: 'bandit',
    version: '1.9.4',
    status: 'analyzed',
    reason: null,
    compileError: null,
    findings: severities.map(
      (severity): Finding => ({
        analyzer: 'bandit',
        rule: 'B602',
        cwe: 'CWE-78',
        severity,
        confidence: 'high',
        message: 'shell',
        line: 1,
        column: 0,
        endLine: 1,
        endColumn: 4,
        definition: 'f',
        code: 'x',
        fingerprint: '0123456789abcdef',
      }),
    ),
    ...over,
  };
}

function judged(severities: Severity[], changedLines = 0, hardened = 0): Judged {
  return { analyses: [analysis(severities)], hardened, changedLines };
}

describe('reasonsAgainst', () => {
  it('accepts a candidate that passes every gate and introduces nothing', () => {
    expect(reasonsAgainst(judged(['high']), judged([], 2), passed, 'practical')).toEqual([]);
  });

  it('accepts an incomplete fix: the goal is another question', () => {
    expect(reasonsAgainst(judged(['high', 'high']), judged(['high']), passed, 'practical')).toEqual([]);
    expect(isGoalReached(judged(['high']).analyses, 'practical')).toBe(false);
  });

  it.each(['parses', 'surface', 'honest'] as const)('rejects when %s does not pass', (gate) => {
    for (const light of ['fail', 'not-run'] as const) {
      expect(reasonsAgainst(judged([]), judged([]), { ...passed, [gate]: light }, 'practical')).toHaveLength(
        1,
      );
    }
  });

  it.each(['behavior', 'tests'] as const)('rejects when %s fails, and only then', (gate) => {
    const reasons = (light: 'pass' | 'fail' | 'not-run') =>
      reasonsAgainst(judged([]), judged([]), { ...passed, [gate]: light }, 'practical');

    expect([reasons('pass'), reasons('not-run')]).toEqual([[], []]);
    expect(reasons('fail')).toEqual([`the gate '${gate}' did not pass`]);
  });

  it('rejects a counted finding that the original did not have', () => {
    expect(reasonsAgainst(judged(['high']), judged(['high', 'medium']), passed, 'practical')).toHaveLength(1);
  });

  it('rejects a result that an analyzer can no longer read', () => {
    const unreadable = {
      analyses: [analysis([], { status: 'unanalyzable' })],
      hardened: 0,
      changedLines: 1,
    };

    expect(reasonsAgainst(judged(['high']), unreadable, passed, 'practical')).toHaveLength(1);
  });
});

describe('isGoalReached', () => {
  it('is never reached by code that nobody could read', () => {
    expect(isGoalReached([analysis([], { status: 'unanalyzable' })], 'practical')).toBe(false);
    expect(isGoalReached([], 'practical')).toBe(false);
  });
});

describe('isBetter', () => {
  it('compares high, then medium findings, then the size of the change', () => {
    expect(isBetter(judged(['medium', 'medium']), judged(['high']), 'practical')).toBe(true);
    expect(isBetter(judged(['medium']), judged(['medium', 'medium']), 'practical')).toBe(true);
    expect(isBetter(judged(['medium'], 2), judged(['medium'], 3), 'practical')).toBe(true);
    expect(isBetter(judged(['medium'], 3), judged(['medium'], 3), 'practical')).toBe(false);
  });

  it("takes what was hardened at the gGAN's word for better where the findings are the same", () => {
    expect(isBetter(judged(['low'], 9, 1), judged(['low'], 0, 0), 'practical')).toBe(true);
    expect(isBetter(judged(['low'], 0, 0), judged(['low'], 9, 1), 'practical')).toBe(false);
    expect(isBetter(judged(['high'], 0, 5), judged(['medium'], 9, 0), 'practical')).toBe(false);
    expect(isBetter(judged([], 4, 2), judged([], 3, 2), 'practical')).toBe(false);
  });

  it('puts code that compiles before everything else', () => {
    const broken = {
      analyses: [analysis([], { compileError: { message: 'No.', line: 1, lateGlobal: true } })],
      hardened: 0,
      changedLines: 0,
    };

    expect(isBetter(judged(['high'], 3), broken, 'practical')).toBe(true);
    expect(isBetter(broken, judged(['high'], 3), 'practical')).toBe(false);
  });
});
