import { describe, expect, it } from '@jest/globals';
import { ARMS, recordOf } from '#benchmarking/fixtures/records.ts';
import { summarizeBenchmark } from '#benchmarking/summarize-benchmark.ts';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { modelTable } from './model-table.ts';
import { renderBenchmarkHtml } from './render-benchmark-html.ts';
import { renderBenchmarkMarkdown } from './render-benchmark-markdown.ts';

const ARM = 'hybrid gpt-4o';

function took(program: string, completion: number, changes: Partial<BenchmarkRecord> = {}): BenchmarkRecord {
  const base = recordOf(program, ARM);
  return {
    ...base,
    modelCalls: 1,
    tokens: { prompt: 100, completion, estimated: false },
    costUsd: 0.01,
    ms: { ...base.ms, total: 2100, model: 2000 },
    ...changes,
  };
}

function resultOf(records: readonly BenchmarkRecord[]) {
  return summarizeBenchmark([...records, recordOf('a.py', 'rules')], { arms: ARMS, seed: 0, about: [] });
}

/** The first row by the heads of its columns. */
function rowOf(records: readonly BenchmarkRecord[]) {
  const table = modelTable(resultOf(records));
  const cells = table?.rows[0]?.figures ?? [];
  return Object.fromEntries(
    cells.map(({ text, detail }, at) => [table?.figures[at], detail ? `${text} [${detail}]` : text]),
  );
}

describe('modelTable', () => {
  it('has sums and medians of each arm that asks a model', () => {
    const records = [took('a.py', 10), took('b.py', 20), took('c.py', 300, { isKept: false })];

    expect(modelTable(resultOf(records))?.rows.map(({ names }) => names)).toEqual([[ARM, '3']]);
    expect(rowOf(records)).toEqual({
      calls: '3',
      'prompt tokens': '300',
      'output tokens': '330',
      'output tokens, median': '20',
      'output tokens by secured and kept': '165',
      'LLM time': '6.0 s',
      'LLM time, median': '2.0 s',
      'outside the LLM per iteration, median': '100 ms',
      money: '$0.0300',
    });
  });

  it('says that a price is unknown, how many programs a figure is of, and what was estimated', () => {
    const tokens = { prompt: 100, completion: 10, estimated: true };

    expect(
      rowOf([
        took('a.py', 10, { costUsd: null, tokens }),
        took('b.py', 10, { costUsd: null, iterations: 0 }),
      ]),
    ).toMatchObject({
      money: 'unknown',
      'outside the LLM per iteration, median': '100 ms [n 1]',
      'tokens not counted by the server': '1 of 2',
    });
  });

  it('shares the tokens out among programs only where each was judged', () => {
    const records = [took('a.py', 10), took('b.py', 20, { isKept: null })];

    expect(rowOf(records)).not.toHaveProperty('output tokens by secured and kept');
  });

  it('is not there where no arm asked a model', () => {
    expect(modelTable(resultOf([]))).toBeNull();
  });

  it('is among the tables of a page and of Markdown', () => {
    const result = resultOf([took('a.py', 10)]);
    for (const page of [renderBenchmarkHtml(result), renderBenchmarkMarkdown(result)]) {
      expect(page).toContain('the language model');
      expect(page).toContain('output tokens by secured and kept');
    }
  });
});
