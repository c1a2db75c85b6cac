import { describe, expect, it } from '@jest/globals';
import { csvParse } from 'd3-dsv';
import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { HOSTILE_NAMES, hostileResult, someResult } from './fixtures/results.ts';
import { renderBenchmarkCsv } from './render-benchmark-csv.ts';

function linesOf(result: BenchmarkResult) {
  return csvParse(renderBenchmarkCsv(result));
}

describe('renderBenchmarkCsv', () => {
  it('comes back through another reader as it was', () => {
    const lines = linesOf(someResult);
    for (const { name, rows } of someResult.tables) {
      for (const row of rows) {
        const found = lines.filter(
          ({ table, group, arm }) => table === name && group === row.group && arm === row.arm,
        );
        const figure = (measure: string) => found.find((line) => line.measure === measure);
        const { secured } = row.outcomes;
        expect(Number(figure('secured')?.value)).toBe(secured?.share);
        expect(Number(figure('secured')?.low)).toBe(secured?.interval.low);
        expect(Number(figure('total')?.value ?? Number.NaN)).toBe(row.amounts.total?.mean ?? Number.NaN);
        expect(figure('ggan') === undefined).toBe(row.amounts.ggan === null);
      }
    }
  });

  it('gives every difference with its sign, its test and its words', () => {
    const lines = linesOf(someResult).filter(({ table }) => table === 'comparison');
    for (const pair of someResult.pairs) {
      for (const { outcome, difference, adjustedP, better } of pair.outcomes) {
        const line = lines.find(
          ({ arm, against, measure }) => arm === pair.first && against === pair.second && measure === outcome,
        );
        expect(Number(line?.value)).toBe(difference);
        expect(Number(line?.adjusted_p)).toBe(adjustedP);
        expect(line?.better).toBe(better === null ? 'no difference shown' : pair[better]);
      }
    }
    expect(lines.some(({ value }) => value?.startsWith('-'))).toBe(true);
  });

  it('keeps names whole, and lets none be a formula', () => {
    const arms = new Set(linesOf(hostileResult).map(({ arm }) => arm));
    for (const name of HOSTILE_NAMES) expect(arms).toContain(/^[=\-+@]/.test(name) ? `'${name}` : name);
  });

  it('ends lines as RFC 4180 has it, all of them with every field', () => {
    const text = renderBenchmarkCsv(someResult);
    expect(text.split('\r\n').at(-1)).toBe('');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(
      new Set(
        text
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(',').length >= 16),
      ),
    ).toEqual(new Set([true]));
  });

  it('has a line for every ratio to the pipeline of the paper', () => {
    const interval = { low: 8, high: 12 };
    const ratio = {
      arm: 'rules',
      pipeline: 'theirs',
      measure: 'nonModelTime',
      n: 9,
      median: 10,
      interval,
    } as const;
    const more = { armMedian: 60, pipelineMedian: 600, fifthPercentile: 5 };

    const lines = linesOf({ ...someResult, pipelineRatios: [{ ...ratio, ...more }] });

    expect(lines.filter(({ table }) => table === 'pipeline')).toMatchObject([
      { arm: 'rules', against: 'theirs', measure: 'nonModelTime', n: '9', value: '10', low: '8', high: '12' },
    ]);
  });
});
