import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { OperatorNameSchema } from '#domain/operators.ts';
import type { DescribeOutput } from '#domain/worker-steps.ts';
import { readLocalConfig } from '../local-config.ts';
import { describeOperators } from './describe-operators.ts';
import { operatorsPage } from './operators-page.ts';

const config = readLocalConfig({}, '/');
let operators: DescribeOutput['operators'];

beforeAll(async () => {
  operators = await describeOperators(config);
});

describe('docs/operators.md', () => {
  it('is what `npm run docs` writes', async () => {
    const page = await readFile(`${config.checkout}/docs/operators.md`, 'utf8');

    expect(page).toBe(operatorsPage(operators));
  });

  it('has a row of five cells for every operator', () => {
    const rows = operatorsPage(operators).split('\n');

    for (const name of OperatorNameSchema.options) {
      const row = rows.find((line) => line.includes(`\`${name}\``));
      expect(row?.split(/(?<!\\)\|/)).toHaveLength(7);
    }
  });

  it('keeps what would end a cell or become markup in an example as text', () => {
    const [operator] = operators;
    if (!operator) throw new Error('the worker has no operator');
    const page = operatorsPage([{ ...operator, example: ['a | b', '    <script>*x*'] }]);

    expect(page).toContain('<code>a &#124; b</code>');
    expect(page).toContain('<code>&nbsp;&nbsp;&nbsp;&nbsp;&lt;script&gt;&#42;x&#42;</code>');
  });
});
