import { describe, expect, it } from '@jest/globals';
import { BenchmarkRecordSchema } from '#domain/benchmark-record.ts';
import { mechanismArm } from './arms.ts';
import { lostRecord } from './lost-record.ts';

const item = {
  program: 'a.py',
  code: new TextEncoder().encode('x = 1\ny = 2\n'),
  tests: null,
  arm: mechanismArm('rules'),
  output: null,
  calls: null,
};

describe('the record of a lost item', () => {
  it('says what another arm found in the program, and that nothing came of it', () => {
    const input = {
      sha256: 'a'.repeat(64),
      lines: 2,
      tokens: 9,
      compiles: true,
      analyzed: true,
      findings: 2,
      cwes: ['CWE-89'],
    };

    const record = BenchmarkRecordSchema.parse(lostRecord(item, input, 'it died'));

    expect(record).toMatchObject({
      input,
      verdict: 'failed',
      reason: 'It could not be measured: it died',
      findings: { before: 2, after: 2, cwesLeft: ['CWE-89'] },
      isSecured: false,
      isKept: null,
    });
  });

  it('claims nothing of a program that no arm has looked at', () => {
    expect(BenchmarkRecordSchema.parse(lostRecord(item, undefined, 'it died')).input).toMatchObject({
      lines: 2,
      compiles: false,
      analyzed: false,
      findings: 0,
    });
  });
});
