import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { improvedReport, securedReport } from '#domain/fixtures/reports.ts';
import { lineChanges, linesAfter, removedLines, splitLines, withChanges } from './line-changes.ts';

const texts = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'x = "\r"\n', 'd'), { maxLength: 14 })
  .map((lines) => lines.join(''));

describe('the changes between two texts', () => {
  it('give the second text where all are made, and the first where none is', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const changes = lineChanges(before, after);
        expect(withChanges(before, changes, () => true)).toBe(after);
        expect(withChanges(before, changes, () => false)).toBe(before);
      }),
    );
  });

  it('can be made one by one, whichever is left out', () => {
    const { original, secured } = securedReport;
    const changes = lineChanges(original.code, secured.code);
    expect(changes.length).toBeGreaterThan(2);

    for (const [index, { oldLines, newLines }] of changes.entries()) {
      const code = withChanges(original.code, changes, (each) => each !== index);

      expect(code).toContain(oldLines.join(''));
      if (newLines.length > 0) expect(code).not.toContain(newLines.join(''));
      expect(lineChanges(code, secured.code)).toHaveLength(1);
    }
  });

  it('join no two lines where the change of the last line’s end is left out', () => {
    const changes = lineChanges('a', 'a\nb\n');

    expect(withChanges('a\n', lineChanges('a\n', 'a\nb'), () => false)).toBe('a\n');
    expect(withChanges('a', changes, () => true)).toBe('a\nb\n');
  });

  it('are one piece where the texts have hardly anything in common', () => {
    const long = (name: string) => Array.from({ length: 6000 }, (_, n) => `${name}${n}\n`).join('');

    const changes = lineChanges(long('a'), long('b'));

    expect(changes).toHaveLength(1);
    expect(withChanges(long('a'), changes, () => true)).toBe(long('b'));
  });
});

describe('where lines went', () => {
  it('finds the lines that replaced a finding’s', () => {
    const { original, secured } = securedReport;
    const changes = lineChanges(original.code, secured.code);
    const query = original.findings.find(({ rule }) => rule === 'B608');

    const place = linesAfter(changes, query?.line ?? 0, query?.endLine ?? 0);

    const lines = splitLines(secured.code).slice((place?.first ?? 1) - 1, place?.last);
    expect(lines.join('')).toMatch(/execute\(.*\?.*\(name,\)/s);
  });

  it('finds every line that stayed, at the same words', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const changes = lineChanges(before, after);
        const fresh = splitLines(after);
        for (const [index, line] of splitLines(before).entries()) {
          const isChanged = changes.some(
            ({ oldStart, oldLines }) => index >= oldStart && index < oldStart + oldLines.length,
          );
          if (isChanged) continue;
          expect(fresh[(linesAfter(changes, index + 1, index + 1)?.first ?? 0) - 1]).toBe(line);
        }
      }),
    );
  });

  it('says that lines are gone without replacement', () => {
    expect(linesAfter(lineChanges('a\nb\nc\n', 'a\nc\n'), 2, 2)).toBeNull();
  });

  it('names the lines that are not as they were', () => {
    expect(removedLines('a\rb\rc\n', 'a\rB\rc\n')).toEqual(new Set([2]));
    expect(removedLines(improvedReport.original.code, improvedReport.original.code).size).toBe(0);
  });
});
