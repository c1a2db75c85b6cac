import { Text } from '@codemirror/state';
import { describe, expect, it } from '@jest/globals';
import type { ReportedFinding } from '#domain/report.ts';
import { diagnosticsOf } from './diagnostics.ts';

const finding = (part: Partial<ReportedFinding>): ReportedFinding => ({
  analyzer: 'bandit',
  rule: 'B506',
  cwe: 'CWE-20',
  severity: 'medium',
  confidence: 'high',
  message: 'unsafe',
  line: 1,
  column: 0,
  endLine: 1,
  endColumn: 1,
  definition: '',
  code: '',
  fingerprint: '0'.repeat(16),
  counted: true,
  ...part,
});
const marked = (code: string, part: Partial<ReportedFinding>) => {
  const text = Text.of(code.split('\n'));
  return diagnosticsOf(text, [finding(part)]).map(({ from, to }) => text.sliceString(from, to));
};

describe('findings in the editor', () => {
  it('are marked where they stand, counted in code points', () => {
    expect(marked('a = "😀😀"; eval(x)', { column: 10, endColumn: 17 })).toEqual(['eval(x)']);
    expect(marked('x = 1\neval(x)\n', { line: 2, endLine: 2, endColumn: 4 })).toEqual(['eval']);
  });

  it('are marked in their first line where they span several', () => {
    expect(marked('run(\n  x,\n)', { column: 0, endLine: 3, endColumn: 1 })).toEqual(['run(']);
  });

  it('are left out where somebody typed them away', () => {
    expect(marked('short', { line: 4, endLine: 4 })).toEqual([]);
    expect(marked('short', { column: 9, endColumn: 12 })).toEqual([]);
  });

  it('stay within their line, whatever end they claim', () => {
    expect(marked('abc\ndef', { column: 1, endColumn: 99 })).toEqual(['bc']);
  });

  it('look as bad as they are', () => {
    const text = Text.of(['x']);
    const severities = [
      finding({ severity: 'high' }),
      finding({}),
      finding({ severity: 'high', counted: false }),
    ];

    expect(diagnosticsOf(text, severities).map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
      'info',
    ]);
  });
});
