import { describe, expect, it } from '@jest/globals';
import { HOSTILE, securedReport } from '#domain/fixtures/reports.ts';
import {
  assessedImprovedReport,
  assessedReport,
  calmReport,
  hardenedReport,
  hostileAssessedReport,
  userServiceRisk,
} from '#domain/fixtures/risks.ts';
import type { Report } from '#domain/report.ts';
import { riskyCode } from './html-risk-lines.ts';
import { renderHtml } from './render-html.ts';

/** The text of the section, without tags. */
function sectionOf(report: Report): string {
  const page = renderHtml(report);
  const section = /<section aria-labelledby="risk">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
  return textOf(section);
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replace(/\s+/g, ' ');
}

describe('where the graph network looks', () => {
  it('is not there where the gGAN was not asked', () => {
    const page = renderHtml(securedReport);
    expect(page).not.toContain('graph network');
    expect(page).not.toContain('class="risk');
    expect(page).not.toContain('href="#risk"');
    expect(renderHtml(assessedReport)).toContain('href="#risk"');
  });

  it('says so where it was asked and says nothing', () => {
    const page = renderHtml({ ...assessedReport, risk: null });
    expect(page).toContain('The graph network was to be asked, and says nothing of this code.');
    expect(page).not.toContain('href="#risk"');
  });

  it('lists flagged lines with risk, weakness, code, operator and what was done', () => {
    const text = sectionOf(assessedReport);
    expect(text).toContain('gives the original a risk of >0.99. 3 of 24 lines have a risk of 0.81 or more');
    expect(text).toMatch(
      /27>0\.99 CWE-78return subprocess\.check_output\(.*?would start the process without a shell changed by argv-without-shellalso found by bandit B602/,
    );
    expect(text).toMatch(
      /310\.81 CWE-22with open\(path\) as handle:names no operator left as it is no analyzer found anything here/,
    );
  });

  it('says why an edit was declined', () => {
    expect(sectionOf(assessedImprovedReport)).toMatch(
      /declined the command uses the shell's pipe '\|': decide whether/,
    );
  });

  it('says that nothing is flagged, and the highest risk', () => {
    const text = sectionOf(calmReport);
    expect(text).toContain('No line is flagged. The highest risk is 0.34, in line 15.');
    expect(text).not.toContain('Flagged lines');
    expect(text).not.toContain('Flows');
  });

  it('has nothing to show of code that is none', () => {
    const risk = { risk: 0, threshold: 0.8, lines: [], flows: [] };
    expect(sectionOf({ ...securedReport, risk })).toContain('No line is flagged: there is no code.');
  });

  it('spells flows out from source to sink, with the cut marked', () => {
    const text = sectionOf(assessedReport);
    expect(text).toContain(
      'CWE-89, certainty 0.88: from line 21 to line 15. Changed on it: line 15. line 21 request.args["name"] start' +
        'line 12 name✂ would be cut hereline 15 cursor.execute(',
    );
    expect(text).toContain('line 26 request.form["host"] start✂ would be cut hereline 27 subprocess');
    expect(sectionOf(assessedImprovedReport)).toContain('Nothing on it was changed.');
  });

  it('names who asked for an edit', () => {
    const page = renderHtml(hardenedReport);
    expect(page).toContain('asked for by the graph network');
    expect(page).toContain('Hardened: There was no counted finding');
    const both = assessedReport.edits.map((edit) => ({ ...edit, source: 'both' as const }));
    expect(renderHtml({ ...assessedReport, edits: both })).toContain(
      'asked for by a finding and the graph network',
    );
  });

  it('writes hostile code, steps and reasons as text, whatever the path’s length', () => {
    const page = renderHtml(hostileAssessedReport);
    expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<b>');
    const text = sectionOf(hostileAssessedReport);
    expect(text.split('<script>alert(1)').length - 1).toBeGreaterThanOrEqual(4);
    expect(text).toContain('from line 999 to line 1018');
    const declined = assessedImprovedReport.declined.map((edit) => ({ ...edit, reason: HOSTILE }));
    expect(renderHtml({ ...assessedImprovedReport, declined })).not.toContain('<script>');
  });
});

describe('lines tinted by risk', () => {
  const cells = (page: string) =>
    [...page.matchAll(/<td class="risk[^>]*>(?:(?!<\/td>).)+<\/td><td class="num">(\d*)<\/td>/g)].map(
      ([cell, line]) => [Number(line), textOf(cell.slice(0, cell.lastIndexOf('<td class="num">')))],
    );
  const diff = (part: 'unified' | 'split') => {
    const page = renderHtml(assessedReport);
    const from = page.indexOf(`<div class="frame ${part}"`);
    return page.slice(from, part === 'unified' ? page.indexOf('<div class="frame split">') : undefined);
  };

  it.each(['unified', 'split'] as const)('stand in the %s diff on the side of the original', (part) => {
    expect(cells(diff(part))).toEqual([
      [9, '0.42'],
      [13, '0.23'],
      [15, 'flagged, ▲ 0.93'],
      [27, 'flagged, ▲ >0.99'],
      [31, 'flagged, ▲ 0.81'],
    ]);
    expect(diff('split').split('aria-label="After"')[1]).not.toContain('class="risk');
  });

  it('say their figure in the title too, and what the tints mean', () => {
    const page = renderHtml(assessedReport);
    expect(page).toContain('title="risk 0.93, flagged"');
    expect(textOf(page)).toContain('▲ 0.81 or more: flagged 0.41 or more 0.20 or more');
  });

  it('are all lines of the original, once more below the flows', () => {
    const text = sectionOf(assessedReport);
    expect(text).toContain('if __name__ == "__main__":');
    const rows = String(riskyCode(assessedReport.original.code, userServiceRisk)).match(/<td class="num">/g);
    expect(rows).toHaveLength(36);
  });

  it('keep what is around flagged lines of long code', () => {
    const code = Array.from({ length: 5000 }, (_, index) => `x = ${index + 1}\n`).join('');
    const lines = [3000, 3003].map((line) => ({ line, risk: 0.9, cwe: null, operator: null }));
    const shown = String(riskyCode(code, { risk: 0.9, threshold: 0.8, lines, flows: [] }));
    const numbers = [...shown.matchAll(/<td class="num">(\d+)<\/td>/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 14 }, (_, index) => 2995 + index));
    expect(shown.match(/⋯/g)).toHaveLength(1);
  });

  it('are not in a diff that counts lines otherwise', () => {
    const original = { ...assessedReport.original, code: `a\r${assessedReport.original.code}` };
    const page = renderHtml({ ...assessedReport, original });
    expect(page.slice(page.indexOf('<div class="frame unified"'))).not.toContain('class="risk');
  });

  it('cannot be moved by code that looks like a cell', () => {
    const code = 'a = \'<td class="risk">#15</td>\'\n';
    const page = renderHtml({
      ...assessedReport,
      original: { code, findings: [] },
      secured: { code: `${code}${code}`, findings: [] },
    });
    expect(page).toContain('&lt;td class=&quot;risk&quot;&gt;#15&lt;');
  });
});
