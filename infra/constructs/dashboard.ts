import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Api } from './api.ts';
import type { HardeningLoop } from './hardening-loop.ts';

type Drawn = { loop: HardeningLoop; api: Api } & Record<
  'failed' | 'oldest' | 'throttled' | 'broken',
  IMetric
>;

/** One page of graphs: runs above, requests below them, steps at the end. */
export function drawDashboard(scope: Construct, drawn: Drawn): void {
  const { loop, api, failed, oldest, throttled, broken } = drawn;
  const { machine } = loop;
  const functions = Object.values(loop.functions);
  const typicalAndSlow = (metric: (options: { statistic: string }) => IMetric) =>
    ['p50', 'p95'].map((statistic) => metric({ statistic }));
  new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.days(1),
    widgets: [
      [
        graph('Runs', [machine.metricStarted(), machine.metricSucceeded()], [failed]),
        graph(
          'How long a run takes',
          typicalAndSlow((options) => machine.metricTime(options)),
          [oldest],
        ),
      ],
      [
        graph(
          'Requests',
          [api.rest.metricCount({ statistic: Stats.SUM })],
          [api.rest.metricClientError(), broken],
        ),
        graph(
          'How long an answer takes',
          typicalAndSlow((options) => api.rest.metricLatency(options)),
        ),
      ],
      [
        graph(
          'Steps that failed',
          functions.map((one) => one.metricErrors()),
        ),
        graph(
          'How long a step takes',
          functions.map((one) => one.metricDuration({ statistic: 'p95' })),
          [throttled],
        ),
      ],
    ],
  });
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, left, right, width: 12 });
}
