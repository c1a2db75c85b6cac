import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  failedReport,
  HOSTILE,
  hostileReport,
  improvedReport,
  securedReport,
} from '#domain/fixtures/reports.ts';
import { assessedReport, hardenedReport, hostileAssessedReport } from '#domain/fixtures/risks.ts';
import type { Report } from '#domain/report.ts';
import { renderHtml } from './render-html.ts';

const VOID = new Set(['meta', 'input', 'br']);

/** The tags of the page, checked for balance: markup that code slipped in would show here. */
function tagsOf(page: string): string[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '<style></style>').replace('<!doctype html>', '');
  const open: string[] = [];
  const names: string[] = [];
  for (const [, slash, name = ''] of body.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>/g)) {
    if (slash) expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (!VOID.has(name)) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return names;
}

const withoutText = (page: string) => tagsOf(page).filter((name) => name !== 'bdi');

describe('renderHtml', () => {
  it.each([
    ['secured', securedReport],
    ['improved', improvedReport],
    ['failed', failedReport],
    ['hostile', hostileReport],
    ['assessed', assessedReport],
    ['hardened', hardenedReport],
    ['hostile and assessed', hostileAssessedReport],
  ])('loads and runs nothing: %s', (_name, report: Report) => {
    const page = renderHtml(report);
    const names = new Set(tagsOf(page));
    for (const name of ['script', 'img', 'link', 'iframe', 'form', 'object', 'svg']) {
      expect(names).not.toContain(name);
    }
    expect(page).not.toMatch(/<[^>]*\s(on\w+|style|src)\s*=/i);
    expect(page).not.toMatch(/@import|url\(/);
    for (const [, address] of page.matchAll(/href="([^"]*)"/g)) {
      expect(address).toMatch(/^(#[a-z]+|https:\/\/cwe\.mitre\.org\/data\/definitions\/\d+\.html)$/);
    }
  });

  it('names its one style sheet by hash and forbids everything else', () => {
    const page = renderHtml(securedReport);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy?.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('shows hostile text as text, with invisible characters written out', () => {
    const page = renderHtml(hostileReport);
    expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).toContain('&lt;U+202E&gt;');
    expect(page).toContain('would be invisible or would turn the direction');
  });

  it('keeps its structure whatever the code and the messages hold', () => {
    const expected = withoutText(renderHtml({ ...securedReport, reason: 'x', path: 'x' }));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(HOSTILE, '', '"><b>', "'", '&lt;'),
        (a, b) => {
          const report = { ...securedReport, reason: a + b, path: `${b}${a}` };
          expect(withoutText(renderHtml(report))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        tagsOf(
          renderHtml({
            ...assessedReport,
            original: { code: `${HOSTILE}\n${before}`, findings: [] },
            secured: { code: `${after}\n${HOSTILE}`, findings: [] },
          }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('holds the verdict, the lights, the findings, the edits and the limits', () => {
    const page = renderHtml(improvedReport);
    expect(page).toContain('Improved: 2 of 4 counted findings fixed');
    expect(page.match(/class="light"/g)).toHaveLength(6);
    expect(page.match(/<dt>Not checked<\/dt>/g)).toHaveLength(6);
    expect(page).toContain('<span class="badge fail">✗ fail</span>');
    expect(page).toContain('<span class="badge high">high</span>');
    expect(page).toContain('OS command injection');
    expect(page).toContain('DB_PASSWORD');
    expect(page).toContain('decide which tables may be named');
    expect(page).toContain('bandit <bdi>1.9.4</bdi>: analyzed');
    expect(page).toContain('No finding left does not mean that no weakness is left.');
  });

  it('shows the diff unified and side by side, with line numbers', () => {
    const page = renderHtml(securedReport);
    expect(page).toContain('<td class="num">32</td><td class="num"></td><td class="code">');
    expect(page).toContain('<ins>safe_load</ins>');
    expect(page).toContain('aria-label="Before"');
    expect(page).toContain('aria-label="After"');
  });

  it('can be read by everybody: language, headings, captions, skip link, schemes', () => {
    const page = renderHtml(assessedReport);
    expect(page).toContain('<html lang="en">');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('<a class="skip" href="#main">');
    const tables = tagsOf(page).filter((name) => name === 'table').length;
    expect(page.match(/<caption/g)).toHaveLength(tables);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('prefers-reduced-motion');
    for (const [, id] of page.matchAll(/href="#([a-z]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  it('gives no figures for code that nobody could read', () => {
    const page = renderHtml(failedReport);
    expect(page).toContain('<dt>Counted findings</dt><dd>unknown</dd>');
    expect(page).toContain('Nothing is known: no analyzer could read the code.');
  });
});

describe('the colors', () => {
  const schemes = [...renderHtml(securedReport).matchAll(/:root \{([^}]*--page[^}]*)\}/g)].map(
    ([, block = '']) =>
      Object.fromEntries(
        [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]+)/g)].map(([, name, value]) => [name, value]),
      ),
  );

  it('are two schemes', () => expect(schemes).toHaveLength(2));

  it.each([
    ['text', 'page'],
    ['text', 'card'],
    ['soft', 'page'],
    ['soft', 'card'],
    ['soft', 'hunk'],
    ['soft', 'ins'],
    ['soft', 'del'],
    ['link', 'card'],
    ['good', 'good-back'],
    ['partial', 'partial-back'],
    ['bad', 'bad-back'],
    ['none', 'none-back'],
    ['text', 'risk-1'],
    ['text', 'risk-2'],
    ['text', 'risk-3'],
    ['soft', 'risk-1'],
    ['soft', 'risk-2'],
    ['text', 'ins-word'],
    ['text', 'del-word'],
  ])('%s on %s has a contrast of 4.5 or more', (front, back) => {
    for (const colors of schemes) expect(contrast(colors[front], colors[back])).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG's contrast of two colors written `#rgb` or `#rrggbb`. */
function contrast(a = '', b = ''): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
