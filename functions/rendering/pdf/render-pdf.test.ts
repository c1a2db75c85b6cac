import { describe, expect, it } from '@jest/globals';
import { failedReport, hostileReport, securedReport } from '#domain/fixtures/reports.ts';
import type { Report } from '#domain/report.ts';
import { readPdf } from './fixtures/read-pdf.ts';
import { createPdfHandler } from './pdf-handler.ts';
import { renderPdf } from './render-pdf.ts';

const read = async (report: Report) => readPdf(await renderPdf(report));
/** As one text: where a line is broken is the layout's affair. */
const flat = (pages: readonly string[]) => pages.join('').replace(/-?\n/g, '').replaceAll('\u00a0', ' ');

describe('renderPdf', () => {
  it('tells the verdict, the lights, the findings, the changes, the cost and where it comes from', async () => {
    const text = flat(await read(securedReport));

    for (const words of [
      'Secured: 4 of 4 counted findings fixed',
      '✓ passParses',
      '– not runBehavior',
      'Not checked: Weaknesses for which these analyzers have no rule',
      'subprocess call with shell=True',
      'bandit B602, CWE-78, severity high',
      'DB_PASSWORDRequired',
      'safe-loader',
      '32       -         return yaml.load(handle)',
      '      32 +         return yaml.safe_load(handle)',
      'no cost',
      securedReport.runId,
      'Original, SHA-256',
    ]) {
      expect(text.replaceAll(' ', '')).toContain(words.replaceAll(' ', ''));
    }
  });

  it('numbers its pages', async () => {
    const pages = await read(securedReport);

    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  });

  it('writes out what would be invisible or turn the text, and obeys none of it', async () => {
    const bytes = await renderPdf(hostileReport);
    const text = flat(readPdf(bytes));

    expect(text).toContain('<U+202E>');
    expect(text).toContain('<U+200B>');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    // Nothing in the file can act: no script, no form, no link, nothing embedded.
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(
      /\/(?:JavaScript|JS|OpenAction|AA|AcroForm|URI|Launch|EmbeddedFile)\b/,
    );
  });

  it('shows letters of many scripts, and writes out those that its fonts lack', async () => {
    const text = flat(await read({ ...securedReport, reason: 'naïve Ω Привет שלום → 中 🧠' }));

    for (const word of ['naïve', 'Ω', 'Привет', '→', '<U+4E2D>', '<U+1F9E0>']) expect(text).toContain(word);
  });

  it('stays short for a report without end, and says what it left out', async () => {
    const finding = securedReport.original.findings.find(({ counted }) => counted);
    const [edit] = securedReport.edits;
    if (!finding || !edit) throw new Error('the fixture has findings and edits');
    const lines = (name: string) => Array.from({ length: 6_000 }, (_, n) => `${name}${n} = ${n}`).join('\n');
    const pages = await read({
      ...securedReport,
      prompt: 'w'.repeat(50_000),
      original: {
        code: `${lines('a')}\n${'x'.repeat(100_000)}`,
        findings: Array.from({ length: 2_000 }, (_, n) => ({ ...finding, line: n + 1, definition: `f${n}` })),
      },
      secured: { code: lines('b'), findings: [] },
      edits: Array.from({ length: 1_000 }, (_, n) => ({ ...edit, id: `edit-${n}` })),
    });
    const text = flat(pages);

    expect(pages.length).toBeLessThan(60);
    expect(text).toContain('1,850 more are in the report');
    expect(text).toContain('900 more are in the report');
    expect(text).toContain('The diff goes on: take it as a patch.');
  }, 240_000);

  it('is made where nothing could be analyzed', async () => {
    expect(flat(await read(failedReport))).toContain('Nothing is known');
  });
});

describe('the function that makes PDFs', () => {
  it('answers a report with its PDF, and refuses what is none', async () => {
    const handler = createPdfHandler({ fontFolder: 'node_modules/dejavu-fonts-ttf/ttf' });

    const { pdf } = await handler(JSON.parse(JSON.stringify(securedReport)));

    expect(readPdf(Buffer.from(pdf, 'base64'))[0]).toContain('SGCode report');
    await expect(handler({ report: 'none' })).rejects.toMatchObject({ name: 'ZodError' });
  });
});
