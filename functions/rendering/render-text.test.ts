import { describe, expect, it } from '@jest/globals';
import { failedReport, improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import {
  assessedReport,
  calmReport,
  hardenedReport,
  hostileAssessedReport,
  userServiceRisk,
} from '#domain/fixtures/risks.ts';
import { renderText } from './render-text.ts';

const plain = { color: false };

describe('renderText', () => {
  it('says the verdict with figures first', () => {
    const [path, verdict] = renderText(securedReport, plain).split('\n');
    expect(path).toBe('examples/user_service.py');
    expect(verdict).toBe(
      '✓ Secured: 4 of 4 counted findings fixed, none introduced, and every gate that ran passed.',
    );
  });

  it('names every light with a word, not with color alone', () => {
    const text = renderText(improvedReport, plain);
    expect(text).toMatch(/✓ pass +parses +Python reads and compiles it/);
    expect(text).toMatch(/✗ fail +secure +counted findings are left/);
    expect(text).toMatch(/– not run +behavior +original and result were not run/);
    expect(text).toContain('B602 in line 27');
  });

  it('says on demand what the lights checked and did not', () => {
    expect(renderText(securedReport, plain)).not.toContain('not checked:');
    const text = renderText(securedReport, { ...plain, details: true });
    expect(text.match(/ checked: /g)).toHaveLength(12);
    expect(text).toContain('not checked: Whether it starts');
    expect(text).toContain('Lights that are not run say nothing: behavior, tests.');
  });

  it('tells fixed findings from remaining ones', () => {
    const text = renderText(improvedReport, plain);
    expect(text).toContain('4 before, 2 after: 2 fixed, 2 remaining, 0 introduced');
    expect(text).toMatch(/remaining +high +B602 CWE-78/);
    expect(text).toMatch(/fixed +low +B105 CWE-259/);
  });

  it('shows edits, what a person must decide, variables to set and the diff', () => {
    const text = renderText(improvedReport, plain);
    expect(text).toContain('line 32  safe-loader (CWE-20): loads plain YAML only');
    expect(text).toMatch(/decide\n {2}line 15 {2}parameterize-query: the table name/);
    expect(text).toContain('DB_PASSWORD  required');
    expect(text).toContain('+        return yaml.safe_load(handle)');
    expect(renderText(improvedReport, { ...plain, diff: false })).not.toContain('@@');
  });

  it('gives no figures for code that nobody could read', () => {
    const text = renderText(failedReport, plain);
    expect(text).toContain('✗ Failed: No analyzer could read the code');
    expect(text).not.toContain('0 before');
    expect(text).toContain('cost unknown');
  });

  it('says where the graph network looks, only where it was asked', () => {
    expect(renderText(securedReport, plain)).not.toContain('graph network');
    const text = renderText(assessedReport, plain);
    expect(text).toContain(
      'What the graph network says  risk of the file >0.99; 3 of 24 lines flagged (0.81 or more)',
    );
    expect(text).toMatch(
      /line 15 +0\.93 +CWE-89 +would hand values to the query as parameters; changed by parameterize-query; also found by bandit B608\n +cursor\.execute/,
    );
    expect(text).toMatch(/line 31 +0\.81 +CWE-22 +names no operator; left as it is\n/);
    expect(text).toContain('line 21 request.args["name"] → line 12 name →[cut]→ line 15 cursor.execute(');
    expect(text).toContain('line 26 request.form["host"] →[cut]→ line 27 ');
    expect(renderText(calmReport, plain)).toContain(
      'No line is flagged. The highest risk is 0.34, in line 15.',
    );
  });

  it('says what was done at the word of the graph network', () => {
    const text = renderText(hardenedReport, plain);
    expect(text).toContain('✓ Hardened: There was no counted finding');
    expect(text).toMatch(/autoescape \(CWE-79\): .* \(asked for by the graph network\)\n/);
  });

  it('shows the riskiest lines and counts the others, unless all are asked for', () => {
    const lines = userServiceRisk.lines.map((line) => ({ ...line, risk: 0.9 }));
    const report = { ...assessedReport, risk: { ...userServiceRisk, lines } };
    const shown = (text: string) => text.match(/^ {2}line \d+ +0\.90/gm)?.length;
    expect(shown(renderText(report, plain))).toBe(10);
    expect(renderText(report, plain)).toContain('and 14 more flagged lines');
    expect(shown(renderText(report, { ...plain, details: true }))).toBe(24);
  });

  it.each([true, false])('writes hostile characters out, color %s', (color) => {
    const text = renderText(hostileAssessedReport, { color, details: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colors are looked for.
    const rest = text.replace(/\u001b\[\d+m/g, (code) => (color ? '' : code));
    expect(rest).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('<U+202E><U+200B><U+0007>');
    expect(text.split('\n')[0]).toContain('<U+000A>/evil.py');
  });

  it('colors only when asked to', () => {
    expect(renderText(securedReport, { color: true })).toContain('\u001b[32m');
    expect(renderText(securedReport, { color: false })).not.toContain('\u001b');
  });
});
