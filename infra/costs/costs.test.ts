import { describe, expect, it } from '@jest/globals';
import { costTables } from './cost-tables.ts';
import { idleCosts } from './idle-costs.ts';
import { costOf, prices, totalOf } from './prices.ts';
import { TemplateSchema } from './template.ts';

const template = (resources: Record<string, object>) => TemplateSchema.parse({ Resources: resources });
const quantities = (resources: Record<string, object>) =>
  Object.fromEntries(idleCosts(template(resources)).map(({ what, quantity }) => [what, quantity]));

const SWEEPS = { 'Sweeps, invocations': 2880, 'Sweeps, time': 360 };

describe('what costs something for being there', () => {
  it('is counted: keys, secrets, dashboards, what alarms watch, metrics, images', () => {
    const watch = (MetricName: string) => ({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Namespace: 'SGCode', MetricName },
    });
    const image = (ImageUri: string) => ({
      Type: 'AWS::Lambda::Function',
      Properties: { PackageType: 'Image', Code: { ImageUri } },
    });

    expect(
      quantities({
        Key: { Type: 'AWS::KMS::Key' },
        One: { Type: 'AWS::SecretsManager::Secret' },
        Two: { Type: 'AWS::SecretsManager::Secret' },
        Board: { Type: 'AWS::CloudWatch::Dashboard' },
        Failed: watch('RunsFailed'),
        FailedToo: watch('RunsFailed'),
        Throttled: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            Metrics: [
              { Expression: 'a + b' },
              { MetricStat: { Metric: {} } },
              { MetricStat: { Metric: {} } },
            ],
          },
        },
        Worker: image('worker'),
        Analyzer: image('worker'),
        Runner: image('runner'),
      }),
    ).toEqual({
      'Key for model keys': 1,
      Secrets: 2,
      Dashboard: 1,
      Alarms: 4,
      'Metrics of its own': 1,
      'Container images': 0.6,
      ...SWEEPS,
    });
  });

  it.each([
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCEndpoint',
    'AWS::RDS::DBInstance',
    'AWS::Lambda::CapacityProvider',
  ])('is never taken for free because it is not known: %s', (Type) => {
    expect(() => quantities({ Thing: { Type } })).toThrow(Type);
  });

  it('is nothing for what is charged by use alone', () => {
    const free = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::EC2::VPC', 'Custom::Anything'];

    expect(quantities(Object.fromEntries(free.map((Type, index) => [`R${index}`, { Type }])))).toEqual({
      'Metrics of its own': 0,
      'Container images': 0,
      ...SWEEPS,
    });
  });
});

describe('a bill', () => {
  it('takes off what is free, once for all parts of one price', () => {
    const alarms = (quantity: number) => ({ what: 'Alarms', quantity, price: 'alarmMetricMonth' }) as const;

    expect(totalOf([alarms(8), alarms(8)], true)).toBeCloseTo(0.6);
    expect(totalOf([alarms(8), alarms(8)], false)).toBeCloseTo(1.6);
    expect(totalOf([alarms(3)], true)).toBe(0);
  });

  it('says that it does not know rather than nothing', () => {
    expect(prices.tenantEnvironment.usd).toBeNull();
    expect(costOf({ what: 'Environments', quantity: 5, price: 'tenantEnvironment' }, false)).toBeNull();
  });

  it('is laid out as tables, the unknown in words', () => {
    const text = costTables({ Resources: {}, Outputs: {} });

    expect(text).toContain('| State transitions | 14,000 |');
    expect(text).toContain('unknown');
  });
});
