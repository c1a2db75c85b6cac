import { Duration } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { METRICS } from '#aws/metrics.ts';
import type { StageConfig } from '../config.ts';
import type { Api } from './api.ts';
import { drawDashboard } from './dashboard.ts';
import type { HardeningLoop } from './hardening-loop.ts';

/** The machine gives up after half an hour: a run that is older was lost by something. */
const TOO_OLD = Duration.minutes(45);

type MonitoringProps = { config: StageConfig; loop: HardeningLoop; api: Api };

type Watch = { metric: IMetric; threshold: number; says: string; periods?: number };

/** Alarms that call for a person, one dashboard to look at, and a warning before money is gone. */
export class Monitoring extends Construct {
  private readonly topic: Topic;
  private readonly config: StageConfig;

  constructor(scope: Construct, id: string, { config, loop, api }: MonitoringProps) {
    super(scope, id);
    this.config = config;
    this.topic = new Topic(this, 'Topic', { displayName: `SGCode ${config.stage}`, enforceSSL: true });
    if (config.alarmEmail) this.topic.addSubscription(new EmailSubscription(config.alarmEmail));

    const failed = this.ownMetric('RunsFailed', Stats.SUM, Duration.minutes(15));
    const oldest = this.ownMetric('OldestRunAgeSeconds', Stats.MAXIMUM, Duration.minutes(15));
    const throttled = throttles(loop, api);
    const lost = loop.lostEndings.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) });
    const broken = api.rest.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM });
    this.watch({
      RunsFail: {
        metric: failed,
        threshold: 5,
        says: 'Runs end without a result: five or more in 15 minutes',
      },
      RunsStick: {
        metric: oldest,
        threshold: TOO_OLD.toSeconds(),
        says: 'A run is older than any may become',
      },
      Throttled: {
        metric: throttled,
        threshold: 10,
        says: 'Requests or steps wait for environments',
        periods: 2,
      },
      EndingsLost: { metric: lost, threshold: 1, says: 'A run ended outside, and could not be finalized' },
      ApiFails: { metric: broken, threshold: 5, says: 'The API answers with errors of its own', periods: 2 },
    });
    drawDashboard(this, { loop, api, failed, oldest, throttled, broken });
    this.limitSpending();
  }

  private ownMetric(metricName: string, statistic: string, period: Duration): Metric {
    return new Metric({
      namespace: METRICS,
      metricName,
      dimensionsMap: { Stage: this.config.stage },
      statistic,
      period,
    });
  }

  private watch(watches: Record<string, Watch>): void {
    for (const [id, { metric, threshold, says, periods = 1 }] of Object.entries(watches)) {
      const alarm = new Alarm(this, id, {
        metric,
        threshold,
        alarmDescription: says,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(this.topic));
    }
  }

  /** Of the whole account: costs of one stage alone are known only after tags were activated by hand. */
  private limitSpending(): void {
    const { alarmEmail, monthlyBudgetUsd } = this.config;
    const warn = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: {
        notificationType,
        threshold,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarmEmail ?? '' }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudgetUsd, unit: 'USD' },
      },
      ...(alarmEmail ? { notificationsWithSubscribers: [warn('ACTUAL', 80), warn('FORECASTED', 100)] } : {}),
    });
  }
}

/** Of the functions that requests and runs wait for first. */
function throttles({ functions }: HardeningLoop, { handler }: Api): MathExpression {
  const of = (one: typeof handler) => one.metricThrottles({ period: Duration.minutes(5) });
  return new MathExpression({
    // A function that nobody called has no figure, and a sum with it would be none.
    expression: 'FILL(api, 0) + FILL(analyzer, 0) + FILL(worker, 0)',
    usingMetrics: {
      api: of(handler),
      analyzer: of(functions['analyzer-bandit']),
      worker: of(functions.worker),
    },
    label: 'Throttled',
    period: Duration.minutes(5),
  });
}
