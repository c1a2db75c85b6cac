import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { lineFates } from '#domain/report/line-fates.ts';
import type { Report } from '#domain/report.ts';
import { removedLines } from './removed-lines.ts';

const fatesOf = (report: Pick<Report, 'original' | 'secured' | 'edits' | 'declined'>) =>
  lineFates(report, () => removedLines(report));

describe('what became of a line', () => {
  it('is changed, by the operator that was tried there, with what was found', () => {
    const fate = fatesOf(securedReport)(15);
    expect(fate).toMatchObject({ changed: true, operators: ['parameterize-query'], declined: [] });
    expect(fate.findings.map(({ rule }) => rule)).toEqual(['B608']);
    expect(fatesOf(securedReport)(16)).toEqual({
      changed: false,
      operators: [],
      declined: [],
      findings: [],
    });
  });

  it('is declined with the reason', () => {
    const { changed, declined } = fatesOf(improvedReport)(27);
    expect(changed).toBe(false);
    expect(declined).toEqual([expect.stringContaining("the command uses the shell's pipe")]);
  });

  it('is told by the finding where a later iteration counted other lines', () => {
    const [edit] = securedReport.edits.filter(({ operator }) => operator === 'parameterize-query');
    const [query] = securedReport.original.findings.filter(({ rule }) => rule === 'B608');
    if (!edit || !query) throw new Error('the fixture has lost its query');
    const moved = { ...edit, id: `parameterize-query:${query.fingerprint}`, line: 27 };
    const fateOf = fatesOf({ ...securedReport, edits: [moved] });
    expect(fateOf(15).operators).toEqual(['parameterize-query']);
    expect(fateOf(27).operators).toEqual([]);
  });

  it('says nothing of an operator where the line is as it was', () => {
    const same = { ...securedReport, secured: securedReport.original };
    expect(fatesOf(same)(15)).toMatchObject({ changed: false, operators: [] });
  });

  it('tells exactly the lines that are not in the result', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '-', '--- a/x', '+', ' ', '\\'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const code = (lines: string[]) => lines.map((line) => `${line}\n`).join('');
        const fateOf = fatesOf({
          original: { code: code(before), findings: [] },
          secured: { code: code(after), findings: [] },
          edits: [],
          declined: [],
        });
        const kept = before.filter((_, index) => !fateOf(index + 1).changed);
        // What is kept stands in the result, in the same order.
        let from = 0;
        for (const line of kept) {
          const at = after.indexOf(line, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
        if (before.join('\n') === after.join('\n')) expect(kept).toEqual(before);
      }),
    );
  });

  it('is told by lines as Python counts them', () => {
    const fateOf = fatesOf({
      original: { code: 'a\rb\rc\n', findings: [] },
      secured: { code: 'a\rB\rc\n', findings: [] },
      edits: [],
      declined: [],
    });
    expect([1, 2, 3].map((line) => fateOf(line).changed)).toEqual([false, true, false]);
  });
});
