import { describe, expect, it } from '@jest/globals';
import { failedReport, hostileReport, improvedReport, securedReport } from './fixtures/reports.ts';
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

  it.each([true, false])('writes hostile characters out, color %s', (color) => {
    const text = renderText(hostileReport, { color, details: true });
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
