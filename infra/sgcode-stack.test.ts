import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT } from './checkout.ts';
import { costTables } from './costs/cost-tables.ts';
import { idleCosts } from './costs/idle-costs.ts';
import { totalOf } from './costs/prices.ts';
import { openDevStack } from './fixtures/dev-stack.ts';

const { dev, template } = await openDevStack();

describe('costs', () => {
  it('of a stage that nobody uses are at most 3 dollars a month', () => {
    expect(totalOf(idleCosts(template), true)).toBeLessThanOrEqual(3);
  });
});

describe('the guide', () => {
  it('has the costs that follow from the template and the prices', () => {
    const guide = readFileSync(join(CHECKOUT, 'docs/aws.md'), 'utf8');
    const [, tables = ''] = guide.split(/<!-- costs: (?:begin|end) -->/);

    expect(tables.trim()).toBe(costTables(template));
  });
});

describe("what is accepted of cdk-nag's findings", () => {
  it('is accepted with a reason, where it is and not for the whole stack', () => {
    const { accepted } = dev;

    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.filter(({ reason }) => reason.split(' ').length < 5)).toEqual([]);
    expect(accepted.filter(({ path }) => path.split('/').length < 3)).toEqual([]);
  });
});

describe('names', () => {
  it('are left to CloudFormation, so that stages live side by side', () => {
    const physical =
      /^(BucketName|TableName|FunctionName|RoleName|LogGroupName|QueueName|TopicName|StateMachineName|RuleName|DashboardName|AlarmName|KeyName)$/;
    const fixed = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
      Object.entries(Properties)
        .filter(
          ([key, value]) => physical.test(key) && typeof value === 'string' && !Type.startsWith('Custom::'),
        )
        .map(([key]) => `${id}.${key}`),
    );

    expect(fixed).toEqual([]);
  });
});
