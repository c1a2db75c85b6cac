import { z } from 'zod';
import { resourcesOf, type Template } from './assembly.ts';
import { localizePolicies } from './localize-policies.ts';

/** Types that MiniStack refuses, or cannot carry out: nothing that a run meets is among them. */
const UNKNOWN_TYPES = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::CompositeAlarm',
  // Functions of CDK's own: one needs the AWS command line, the other answers over TLS only.
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
]);

const StagesSchema = z.array(
  z.looseObject({
    Throttle: z
      .record(z.string(), z.looseObject({ BurstLimit: z.unknown(), RateLimit: z.unknown() }))
      .optional(),
  }),
);

/**
 * Takes out of a template what MiniStack cannot do, and spells what it reads in another way: the version of the
 * bootstrap stack, which is not there; the types that it does not know, and alarms over several metrics; conditions
 * that it knows nothing of; and throttles of a method, which it reads in the API's spelling.
 */
export function localizeTemplate(template: Template): void {
  delete template.Rules;
  delete template.Parameters?.BootstrapVersion;
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    const isMathAlarm = Type === 'AWS::CloudWatch::Alarm' && Properties.Metrics !== undefined;
    if (UNKNOWN_TYPES.has(Type) || isMathAlarm) removeResource(template, id);
  }
  for (const id of localizePolicies(template)) removeResource(template, id);
  respellThrottles(template);
}

function removeResource(template: Template, id: string): void {
  delete template.Resources[id];
  for (const resource of Object.values(template.Resources)) {
    const { DependsOn } = resource;
    if (Array.isArray(DependsOn)) resource.DependsOn = DependsOn.filter((other) => other !== id);
    else if (DependsOn === id) delete resource.DependsOn;
  }
}

function respellThrottles(template: Template): void {
  for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGateway::UsagePlan')) {
    const stages = StagesSchema.optional().parse(Properties.ApiStages) ?? [];
    Properties.ApiStages = stages.map(({ Throttle = {}, ...stage }) => ({
      ...stage,
      Throttle: Object.fromEntries(
        Object.entries(Throttle).map(([method, { BurstLimit, RateLimit }]) => [
          method,
          { burstLimit: BurstLimit, rateLimit: RateLimit },
        ]),
      ),
    }));
  }
}
