import { z } from 'zod';
import { METRICS } from '#aws/metrics.ts';
import type { Cost, PriceName } from './prices.ts';
import type { Resource, Template } from './template.ts';

/** Compressed: Lambda's Python base with the worker's packages. An estimate, since no image is built here. */
const IMAGE_GB = 0.3;

/** The sweep: every 15 minutes, on 512 MB, for a quarter of a second. */
const SWEEPS = 4 * 24 * 30;
const SWEEP_GB_SECONDS = 0.5 * 0.25;

/** What costs something for being there. */
const CHARGED: Readonly<Record<string, (resource: Resource) => Cost[]>> = {
  'AWS::KMS::Key': () => [one('Key for model keys', 'kmsKeyMonth')],
  'AWS::SecretsManager::Secret': () => [one('Secrets', 'secretMonth')],
  'AWS::CloudWatch::Alarm': (alarm) => [
    { what: 'Alarms', quantity: metricsOf(alarm), price: 'alarmMetricMonth' },
  ],
  'AWS::CloudWatch::Dashboard': () => [one('Dashboard', 'dashboardMonth')],
  'AWS::WAFv2::WebACL': ({ Properties }) => [
    one('Firewall', 'firewallMonth'),
    {
      what: 'Firewall rules',
      quantity: z.array(z.unknown()).parse(Properties.Rules).length,
      price: 'firewallRuleMonth',
    },
  ],
};

/** Services of which only the use is charged, or nothing ever is. */
const FREE_WHILE_IDLE: readonly RegExp[] = [
  /^AWS::(ApiGateway|Budgets|CloudFront|CodeBuild|DynamoDB|EC2|ECR|Events|IAM|Lambda|Logs|S3|SNS|SQS|StepFunctions)::/,
  /^AWS::WAFv2::WebACLAssociation$/,
  /^AWS::CDK::Metadata$/,
  /^Custom::/,
];

/** Of the services above, what does cost something for being there. */
const NEVER_FREE =
  /^AWS::(EC2::(NatGateway|VPCEndpoint|EIP|Instance)|Lambda::CapacityProvider|Logs::Delivery)/;

/**
 * What a month costs in which nobody uses the stage.
 * Throws for a type of resource of which this does not know what it costs.
 */
export function idleCosts(template: Template): Cost[] {
  const resources = Object.values(template.Resources);
  const charged = resources.flatMap((resource) => costsOf(resource));
  return [
    ...merge(charged),
    { what: 'Metrics of its own', quantity: ownMetrics(resources).size, price: 'customMetricMonth' },
    { what: 'Container images', quantity: imagesOf(resources).size * IMAGE_GB, price: 'imageGbMonth' },
    { what: 'Sweeps, invocations', quantity: SWEEPS, price: 'lambdaRequest' },
    { what: 'Sweeps, time', quantity: SWEEPS * SWEEP_GB_SECONDS, price: 'lambdaGbSecond' },
  ];
}

function costsOf(resource: Resource): Cost[] {
  const charge = CHARGED[resource.Type];
  if (charge) return charge(resource);
  const isFree = FREE_WHILE_IDLE.some((pattern) => pattern.test(resource.Type));
  if (!isFree || NEVER_FREE.test(resource.Type)) {
    throw new Error(`what ${resource.Type} costs is not in the table`);
  }
  return [];
}

function one(what: string, price: PriceName): Cost {
  return { what, quantity: 1, price };
}

function merge(costs: Cost[]): Cost[] {
  const merged = new Map<string, Cost>();
  for (const cost of costs) {
    merged.set(cost.what, { ...cost, quantity: cost.quantity + (merged.get(cost.what)?.quantity ?? 0) });
  }
  return [...merged.values()];
}

const MetricsSchema = z.array(z.object({ MetricStat: z.unknown().optional() }));

function metricsOf({ Properties }: Resource): number {
  if (Properties.Metrics === undefined) return 1;
  return MetricsSchema.parse(Properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined).length;
}

function ownMetrics(resources: Resource[]): Set<unknown> {
  return new Set(
    resources
      .filter(({ Properties }) => Properties.Namespace === METRICS)
      .map(({ Properties }) => Properties.MetricName),
  );
}

function imagesOf(resources: Resource[]): Set<string> {
  return new Set(
    resources
      .filter(({ Properties }) => Properties.PackageType === 'Image')
      .map(({ Properties }) => JSON.stringify(Properties.Code)),
  );
}
