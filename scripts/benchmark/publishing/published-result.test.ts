import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readLocalConfig } from '../../local-config.ts';
import { replaceMarked } from './marked-block.ts';
import { originBlock, readmeBlock } from './published-words.ts';
import { QUOTING_PAGES, readResult } from './renew-results.ts';

const { checkout } = readLocalConfig({}, '/');

describe('the committed figures', () => {
  it.each(Object.entries(QUOTING_PAGES))(
    'are those that %s quotes (else: npm run benchmark -- quote-results)',
    async (name, block) => {
      const page = await readFile(join(checkout, name), 'utf8');

      expect(page).toBe(replaceMarked(page, block(await readResult())));
    },
  );

  it('are of all programs in every run, the same in one process and in two', async () => {
    const { runs, dataSet } = await readResult();

    expect(runs.map(({ name }) => name)).toEqual([
      'beside-the-pipeline',
      'behavior-always',
      'behavior-always-two',
      'one-process',
      'two-processes',
    ]);
    for (const { records, arms } of runs) expect(records).toBe(arms.length * dataSet.programs);
    const [one, two] = runs.slice(3);
    expect(one?.withoutTimesSha256).toBe(two?.withoutTimesSha256);
  });

  it('leave a cell empty that nothing was measured for', async () => {
    const result = await readResult();
    const [, header = '', , clean = '', ...rows] = readmeBlock(result)
      .split('\n')
      .filter((line) => line !== '');
    const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim());

    expect(cellsOf(header)[2]).toBe('untouched');
    expect(cellsOf(clean)[2]).toMatch(/^\d+ of \d+ \[\d+ to \d+ %]$/);
    expect(cellsOf(rows.find((row) => row.includes('model, median')) ?? '')[2]).toBe('');
  });

  it('say at which commit they were measured', async () => {
    const result = await readResult();

    expect(originBlock(result)).toContain(`commit ${result.versions.commit}`);
  });
});

describe('replaceMarked', () => {
  const begin =
    '<!-- measured: from docs/results/promsec-testing.json, by npm run benchmark -- renew-results -->';
  const end = '<!-- measured: end -->';

  it('replaces what stands between the marks, and nothing else', () => {
    const once = replaceMarked(`before\n${begin}\nold $& text\n${end}\nafter\n`, 'new $& text');

    expect(once).toBe(`before\n${begin}\n\nnew $& text\n\n${end}\nafter\n`);
    expect(replaceMarked(once, 'new $& text')).toBe(once);
  });

  it.each([
    ['no marks', 'text'],
    ['no end', `${begin}\ntext`],
    ['its end first', `${end}\n${begin}\n`],
    ['two beginnings', `${begin}\n${begin}\n${end}`],
    ['two ends', `${begin}\n${end}\n${end}`],
  ])('throws where a page has %s', (_, text) => {
    expect(() => replaceMarked(text, 'new')).toThrow('each once');
  });
});
