import { describe, expect, it } from '@jest/globals';
import { hostileResult, someResult } from './fixtures/results.ts';
import { renderBenchmarkMarkdown } from './render-benchmark-markdown.ts';

/** Cells of each table row, split where GitHub splits them: at pipes without a backslash before. */
function tablesOf(markdown: string): string[][][] {
  const blocks = markdown.split('\n\n').filter((block) => block.startsWith('| '));
  return blocks.map((block) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).slice(1, -1)),
  );
}

describe('renderBenchmarkMarkdown', () => {
  it.each([
    ['some', someResult],
    ['hostile', hostileResult],
  ])('gives every row as many cells as its head: %s', (_name, result) => {
    const tables = tablesOf(renderBenchmarkMarkdown(result));
    expect(tables.length).toBeGreaterThan(5);
    for (const [head, ...rows] of tables) {
      for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
    }
  });

  it('lets nothing of a name be read as Markdown or HTML', () => {
    const markdown = renderBenchmarkMarkdown(hostileResult);
    expect(markdown).toContain('\\<script\\>alert\\(1\\)\\</script\\>');
    expect(markdown).not.toMatch(/(?<!\\)[<>*`]/);
    expect(markdown).toContain('\\<U+202E\\>');
  });

  it('says of each figure what the other renderings say', () => {
    const [all] = tablesOf(renderBenchmarkMarkdown(someResult));
    const row = someResult.tables[0]?.rows.find(({ arm }) => arm === 'rules');
    const { count, n } = row?.outcomes.securedAndKept ?? { count: -1, n: -1 };
    expect(all?.find(([arm]) => arm?.trim() === 'rules')?.[4]).toContain(`${count} of ${n}`);
  });
});
