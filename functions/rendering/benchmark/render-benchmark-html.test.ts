import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { emptyResult, HOSTILE_NAMES, hostileResult, someResult } from './fixtures/results.ts';
import { renderBenchmarkHtml } from './render-benchmark-html.ts';

const CASES: [string, BenchmarkResult][] = [
  ['some', someResult],
  ['hostile', hostileResult],
  ['empty', emptyResult],
];

/** What of a result's charts and tables a reader of the page can ask for. */
function openPage(result: BenchmarkResult) {
  const { document } = parseHTML(renderBenchmarkHtml(result));
  const all = (selector: string) => [...document.querySelectorAll(selector)].map((element) => element);
  return { all, textsOf: (selector: string) => all(selector).map((element) => String(element.textContent)) };
}

describe('renderBenchmarkHtml', () => {
  it.each(CASES)('loads and runs nothing: %s', (_name, result) => {
    const page = renderBenchmarkHtml(result);
    expect(page).not.toMatch(/<(script|img|link|iframe|form|object|use|image|foreignObject|animate)\b/i);
    expect(page).not.toMatch(/<[^>]*\s(on\w+|style|src|xlink:href)\s*=/i);
    expect(page).not.toMatch(/url\(|@import/);
    for (const [, address] of page.matchAll(/<[^>]*\shref="([^"]*)"/g)) expect(address).toMatch(/^#/);
  });

  it.each(CASES)('names its one style sheet by its hash: %s', (_name, result) => {
    const page = renderBenchmarkHtml(result);
    const sheets = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, sheet]) => sheet ?? '');
    expect(sheets).toHaveLength(1);
    const hash = createHash('sha256')
      .update(sheets[0] ?? '')
      .digest('base64');
    const [policy] = openPage(result).all('meta[http-equiv]');
    expect(policy?.getAttribute('content')).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  });

  it('draws what costs and what comes out, and every CWE, each with words for those who do not see it', () => {
    const { all, textsOf } = openPage(someResult);
    expect(textsOf('svg > title')).toEqual([
      'Secured and kept against total time',
      'Secured and kept against money',
      'Secured and kept, by CWE',
    ]);
    for (const svg of all('svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      for (const name of ['aria-labelledby', 'aria-describedby']) {
        expect(svg.querySelector(`#${svg.getAttribute(name)}`)?.textContent).toMatch(/\w/);
      }
    }
    const ids = all('[id]').map((element) => element.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws each bar as long as its share', () => {
    const bars = openPage(someResult).all('svg [aria-label="bar"] rect');
    const rows = someResult.tables.find(({ name }) => name === 'cwe')?.rows ?? [];
    const shares = rows.map(({ outcomes }) => outcomes.securedAndKept?.share ?? Number.NaN);
    const widths = bars.map((bar) => Number(bar.getAttribute('width')));
    const full = Math.max(...widths) / Math.max(...shares);
    expect(widths.map((width) => (width / full).toFixed(6)).sort()).toEqual(
      shares.map((share) => share.toFixed(6)).sort(),
    );
  });

  it('has the figures of each chart in a table', () => {
    const { textsOf } = openPage(someResult);
    const cells = textsOf('section[aria-labelledby="cwe"] td').join('\n');
    for (const { outcomes } of someResult.tables.find(({ name }) => name === 'cwe')?.rows ?? []) {
      expect(cells).toContain(`${outcomes.securedAndKept?.count} of ${outcomes.securedAndKept?.n}`);
    }
  });

  it('leaves empty what an arm has no part in', () => {
    const rows = openPage(someResult).all('section[aria-labelledby="all"] tr');
    const untouched = rows.filter((row) => row.querySelector('th')?.textContent === 'untouched');
    const texts = untouched.flatMap((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
    expect(texts).toContain('');
    expect(texts).not.toContain('0');
  });

  it('shows names as text, in tables and in charts', () => {
    const { all, textsOf } = openPage(hostileResult);
    expect(textsOf('th').join('\n')).toContain(HOSTILE_NAMES[1]);
    expect(textsOf('svg text').join('\n')).toContain('<script>alert(1)</script>');
    const shown = textsOf('body').join('');
    for (const obeyed of ['\u202e', '\u001b']) expect(shown).not.toContain(obeyed);
    expect(all('script, img')).toEqual([]);
  });

  it('is the same for the same result', () => {
    expect(renderBenchmarkHtml(someResult)).toBe(renderBenchmarkHtml(structuredClone(someResult)));
  });
});
