import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failedReport, hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';
import { maskReport } from './mask-report.ts';
import { MASK } from './mask-text.ts';
import { secretValues } from './secret-values.ts';

const [plain] = securedReport.original.findings;

/** A finding as Bandit tells it of a text in a line. */
function found(rule: string, value: string, place: Partial<ReportedFinding>): ReportedFinding {
  if (!plain) throw new Error('the fixture has findings');
  return {
    ...plain,
    rule,
    message: `Possible hardcoded password: '${value}'`,
    column: 0,
    endLine: place.line ?? 1,
    endColumn: 10,
    code: '',
    ...place,
  };
}

function reportOf(code: string, findings: ReportedFinding[] = [], change: Partial<Report> = {}): Report {
  return { ...failedReport, original: { code, findings }, secured: { code, findings: [] }, ...change };
}

describe('maskReport', () => {
  it('hides a password in the code, in what was found, and in every word about it', () => {
    const code = 'import os\nDB = "x"\npassword = "hunter2"  # hunter2 for now\n';
    const report = reportOf(code, [found('B105', 'hunter2', { line: 3, column: 11, endColumn: 20 })], {
      prompt: 'connect with hunter2, please',
      reason: "the constant 'hunter2' is left",
      declined: [
        { id: 'a', operator: 'secret-from-env', line: 3, reason: 'is `hunter2` a secret?', retry: false },
      ],
    });

    const masked = maskReport(report);

    expect(JSON.stringify(masked.report)).not.toContain('hunter2');
    expect(masked.report.original.code).toBe(
      `import os\nDB = "x"\npassword = "${MASK}"  # ${MASK} for now\n`,
    );
    expect(masked.report.prompt).toBe(`connect with ${MASK}, please`);
    expect(masked.secrets).toBe(1);
  });

  it('moves what points behind a mask, and no line', () => {
    const code = 'login("héé", passwd="0123456789"); eval(x)\n';
    const call = found('B106', '0123456789', { line: 1, column: 0, endColumn: 33 });
    const after = found('B307', '', { line: 1, column: 35, endColumn: 42, message: 'Use of eval' });

    const { report } = maskReport(reportOf(code, [call, after]));

    const [first, second] = report.original.findings;
    const shown = [...report.original.code];
    expect(shown.slice(first?.column, first?.endColumn).join('')).toBe(`login("héé", passwd="${MASK}")`);
    expect(shown.slice(second?.column, second?.endColumn).join('')).toBe('eval(x)');
  });

  it('keeps the lines of a text that spans several', () => {
    const code = 'key = 1\nsecret = """first part\nsecond part"""\neval(x)\n';
    const report = reportOf(code, [found('B105', 'first part\nsecond part', { line: 2, endLine: 3 })]);

    const { report: masked } = maskReport(report);

    expect(masked.original.code).toBe(`key = 1\nsecret = """${MASK}\n${MASK}"""\neval(x)\n`);
  });

  it.each([
    ['a text that is spelled with escapes', 'password = "hun\\x74er2"', 'hunter2', 'hun\\x74er2'],
    ['texts in a row', 'token = ("abcd"\n  "efgh")', 'abcdefgh', 'efgh'],
    [
      'the default of a parameter',
      'def f(a="b", password=\'s3cret!\'):\n    return "kept"',
      's3cret!',
      's3cret!',
    ],
  ])('finds %s', (_, code, value, hidden) => {
    const rule = code.startsWith('def') ? 'B107' : 'B105';
    const [statement = ''] = code.split('\n    return');
    const lines = code.split('\n').length;

    const { report } = maskReport(
      reportOf(code, [found(rule, value, { line: 1, endLine: lines, code: statement })]),
    );

    expect(report.original.code).not.toContain(hidden);
    expect(report.original.code.includes('kept')).toBe(code.includes('kept'));
  });

  it('leaves names alone that are spelled as the secret is', () => {
    const code = 'password = "password"\nprint(password)\n';

    const { report } = maskReport(reportOf(code, [found('B105', 'password', { line: 1 })]));

    expect(report.original.code).toBe(`password = "${MASK}"\nprint(password)\n`);
  });

  it.each([
    'api_key = "q8f3-zz-91"',
    'headers = {"Authorization": "q8f3-zz-91"}',
    'conf["access_key"] = "q8f3-zz-91"',
    'aws = "AKIAABCDEFGHIJKLMNOP"',
    'pem = """-----BEGIN RSA PRIVATE KEY-----\nq8f3\n-----END RSA PRIVATE KEY-----"""',
    'url = "postgres://joe:q8f3-zz-91@db/app"',
  ])('finds what the analyzer does not: %s', (code) => {
    const { report, secrets } = maskReport(reportOf(code));

    expect(secrets).toBe(1);
    expect(report.original.code).not.toMatch(/q8f3|AKIA/);
  });

  it('tells nothing by a hash of the line', () => {
    const { report } = maskReport(securedReport);
    const before = securedReport.original.findings.map(({ fingerprint }) => fingerprint);

    expect(JSON.stringify(report)).not.toMatch(new RegExp(before.join('|')));
    expect(new Set(report.original.findings.map(({ fingerprint }) => fingerprint)).size).toBe(
      new Set(before).size,
    );
  });

  it('gives a report without secrets back as it is', () => {
    expect(maskReport(failedReport)).toEqual({ report: failedReport, secrets: 0 });
  });

  it('leaves no secret of any spelling, whatever stands around it', () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 30, unit: 'grapheme' })
      .filter((text) => !/["\\\r\n\u2028\u2029]/.test(text) && /[^\w ]/.test(text) && text.trim() === text);
    const around = fc.array(fc.constantFrom('"', "'", '#', '\n', '\\', 'f"', '"""', 'x = 1', '(', ')'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const code = `${before.join('')}\npassword = "${value}"\n${after.join('')}`;
        const line = before.join('').split('\n').length + 1;
        const { report } = maskReport(reportOf(code, [found('B105', value, { line })], { reason: value }));

        expect(report.original.code).not.toContain(value);
        expect(report.original.code.split('\n')).toHaveLength(code.split('\n').length);
        expect(report.reason).toBe(MASK);
      }),
    );
  });

  it('is done soon with code that is made to be slow', () => {
    const slow = [
      '-----BEGIN PRIVATE KEY-----'.repeat(8_000),
      'eyJ-'.repeat(50_000),
      '"'.repeat(200_000),
      'password="aaaa";'.repeat(12_000),
      Array.from({ length: 8_000 }, (_, n) => `password="word-${n}"`).join('\n'),
    ];

    for (const code of slow)
      expect(
        secretValues({ original: { code, findings: [] }, secured: { code, findings: [] } }).length,
      ).toBeLessThanOrEqual(200);
    for (const code of slow) expect(maskReport(reportOf(code)).report.original.code).not.toContain('word-1"');
    expect(maskReport(hostileReport).report.verdict).toBe(hostileReport.verdict);
  }, 60_000);
});
