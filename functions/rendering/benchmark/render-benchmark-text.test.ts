import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ARMS, recordOf } from '#benchmarking/fixtures/records.ts';
import { summarizeBenchmark } from '#benchmarking/summarize-benchmark.ts';
import { emptyResult, hostileResult, someResult } from './fixtures/results.ts';
import { renderBenchmarkText } from './render-benchmark-text.ts';

const textOf = (result: typeof someResult) => renderBenchmarkText(result, { color: false });

/** The lines of the table under a title. */
function tableUnder(title: string, text: string): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(title));
  return lines.slice(from + 1, lines.indexOf('', from));
}

describe('renderBenchmarkText', () => {
  it('shows every table of the paper, the comparison, and what is the paper’s', () => {
    const text = textOf(someResult);
    for (const title of ['All programs', 'Table 1', 'Table 2', 'Table 3', 'Table 4', 'Arms compared']) {
      expect(text).toContain(`\n${title}`);
    }
    expect(tableUnder("The paper's own figures", text).join('\n')).toMatch(
      /Theirs, not measured here.*2409\.07368[\s\S]*c7g\.large[\s\S]*LLM +6\.6 to 55\.0 s/,
    );
  });

  it('gives count, n, interval and the untouched input', () => {
    const result = summarizeBenchmark(
      ['a.py', 'b.py'].flatMap((program) => [
        recordOf(program, 'rules', { isKept: program === 'a.py' }),
        recordOf(program, 'untouched', { isSecured: false }),
      ]),
      { arms: ARMS, seed: 0, about: [] },
    );
    const text = renderBenchmarkText(result, { color: false, width: 200 });
    expect(tableUnder('All programs: what comes out', text)[2]?.split(/ {2,}/)).toEqual([
      'rules',
      '2',
      '2 of 2 [34 to 100 %] (2 of 2)',
      '2 of 2 [34 to 100 %] (0 of 2)',
      '1 of 2 [9.5 to 91 %] (0 of 2)',
      '1 of 2 [9.5 to 91 %] (2 of 2)',
      '0.00 (0.00)',
    ]);
  });

  it('leaves out columns that no arm has a part in, and leaves empty those that one has not', () => {
    const records = ['untouched', 'rules'].map((arm) => recordOf('a.py', arm));
    const without = textOf(summarizeBenchmark(records, { arms: ARMS, seed: 0, about: [] }));
    expect(tableUnder('All programs: time', without)[0]).not.toMatch(/gGAN|LLM/);
    expect(without).not.toContain('prompt tokens, money');

    const [, untouched, rules] = tableUnder('All programs: time', textOf(someResult));
    expect(rules).toMatch(/ms/);
    expect(untouched).not.toMatch(/\b0\b/);
  });

  it('keeps within the width, but where one column alone is wider', () => {
    fc.assert(
      fc.property(fc.integer({ min: 70, max: 300 }), (width) => {
        const text = renderBenchmarkText(someResult, { color: false, width });
        for (const line of tableUnder('All programs: time', text))
          expect(line.length).toBeLessThanOrEqual(width);
      }),
      { numRuns: 20 },
    );
  });

  it('says the same in color', () => {
    expect(stripVTControlCharacters(renderBenchmarkText(someResult, { color: true }))).toBe(
      textOf(someResult),
    );
  });

  it('writes out what a terminal would obey', () => {
    const text = textOf(hostileResult);
    expect(text).toContain('<U+202E><U+001B>[2J<U+000A>| b');
    for (const obeyed of ['\u202e', '\u001b']) expect(text).not.toContain(obeyed);
  });

  it('names no winner where the test shows none', () => {
    const compared = tableUnder('Arms compared on the same programs: what comes out', textOf(hostileResult));
    expect(compared.filter((line) => line.includes(' better'))).toEqual([]);
    expect(compared.at(-1)).toMatch(/no difference shown$/);
  });

  it('shows an empty benchmark as one', () => {
    expect(textOf(emptyResult)).toMatch(/^Benchmark: 0 programs, 4 arms\n/);
  });

  it('shows the pipeline of the paper beside a mechanism where one ran, and no such table where none did', () => {
    const pipeline = { name: 'theirs', kind: 'paper-pipeline', usesModel: false, usesGgan: false } as const;
    const result = summarizeBenchmark(
      ['a.py', 'b.py', 'c.py', 'd.py', 'e.py'].flatMap((program, at) => {
        const { ms } = recordOf(program, '');
        const theirs = { ms: { ...ms, total: 800 }, resources: { cpuSeconds: 1, peakMiB: 50 } };
        return [
          recordOf(program, 'rules', { ms: { ...ms, total: 40 + 20 * at } }),
          recordOf(program, 'theirs', theirs),
        ];
      }),
      { arms: [...ARMS, pipeline], seed: 0, about: [] },
    );

    const lines = tableUnder(
      "Beside the paper's pipeline",
      renderBenchmarkText(result, { color: false, width: 200 }),
    );

    expect(lines.find((line) => line.startsWith('time without the LLM'))).toMatch(
      /^time without the LLM +rules +theirs +5 +80 ms +800 ms +10\.0 \[\d+\.\d to \d+\.\d] +\d+\.\d$/,
    );
    expect(lines.find((line) => line.startsWith('peak memory'))).toMatch(/0\.25/);
    expect(textOf(someResult)).not.toContain("Beside the paper's pipeline");
  });
});
