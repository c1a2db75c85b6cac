import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Requests of one address in five minutes; a person and their page make a few hundred. */
const REQUESTS = 2000;

const seen = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

/**
 * A firewall before the API: AWS's list of bad addresses, and a limit for each address. No rules that look into
 * bodies: what people send here is vulnerable code, which such rules exist to block.
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen('all'),
      rules: [
        {
          name: 'bad-addresses',
          priority: 0,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' },
          },
          visibilityConfig: seen('bad-addresses'),
        },
        {
          name: 'visitors',
          priority: 1,
          action: { block: {} },
          statement: {
            // The page's requests all come from the edge, which says whose they are.
            rateBasedStatement: {
              limit: REQUESTS,
              aggregateKeyType: 'CUSTOM_KEYS',
              customKeys: [
                { header: { name: 'sgcode-viewer', textTransformations: [{ priority: 0, type: 'NONE' }] } },
                { header: { name: 'x-api-key', textTransformations: [{ priority: 0, type: 'NONE' }] } },
              ],
            },
          },
          visibilityConfig: seen('visitors'),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: stage.stageArn });
  }
}
